import { scalar } from "./define.ts";
import type { ScalarFunction } from "./row.ts";

const conversion = (name: string, run: NonNullable<ScalarFunction["run"]>): ScalarFunction =>
  scalar(name, ["real", "string", "string"], "real", { run });

/** Units, and their conversion. */
export const units: readonly ScalarFunction[] = [
  conversion("convert_angle", "convertAngle"),
  conversion("convert_energy", "convertEnergy"),
  conversion("convert_force", "convertForce"),
  conversion("convert_length", "convertLength"),
  conversion("convert_mass", "convertMass"),
  conversion("convert_speed", "convertSpeed"),
  conversion("convert_temperature", "convertTemperature"),
  conversion("convert_volume", "convertVolume"),
  scalar("format_bytes", ["number", "number", "string"], "string", {
    optional: 2,
    nulls: "handles",
    naming: "argument",
    constants: [1, 2],
    run: "formatBytes",
  }),
];
