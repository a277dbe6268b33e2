import type { Maybe, Value } from "../types/value.ts";
import { toreal } from "./convert.ts";
import { textOf } from "./text.ts";

// Conversion of units. The sizes are those that the engine counts with, some of them rounded; a unit that it does not know gives null.
// (convert-angle-function, convert-energy-function …)

/** The size of each unit in one of them. */
type Sizes = Readonly<Record<string, number>>;

/** `Kilometer` and its like: prefixes before a unit. */
function prefixed(prefixes: Sizes, unit: string, size: number): Sizes {
  return Object.fromEntries(Object.entries(prefixes).map(([prefix, factor]) => [prefix + unit, factor * size]));
}
function perTime(lengths: Sizes, times: Sizes): Sizes {
  return Object.fromEntries(
    Object.entries(lengths).flatMap(([length, size]) =>
      Object.entries(times).map(([time, seconds]) => [`${length}Per${time}`, size / seconds]),
    ),
  );
}

const smallPrefixes = { Nano: 1e-9, Micro: 1e-6, Milli: 1e-3 };
const metricPrefixes = { ...smallPrefixes, Centi: 1e-2, Deci: 1e-1, Deca: 10, Hecto: 100, Kilo: 1e3 };
const largePrefixes = { Kilo: 1e3, Mega: 1e6, Giga: 1e9 };
const largestPrefixes = { ...largePrefixes, Tera: 1e12 };

const degreesOfRadian = 180 / Math.PI;
/** In degrees. */
const angles: Sizes = {
  Arcminute: 1 / 60,
  Arcsecond: 1 / 3600,
  Degree: 1,
  Gradian: 0.9,
  NatoMil: 360 / 6400,
  Radian: degreesOfRadian,
  Revolution: 360,
  ...prefixed(smallPrefixes, "degree", 1),
  ...prefixed({ ...smallPrefixes, Centi: 1e-2, Deci: 1e-1 }, "radian", degreesOfRadian),
};

const thermalUnit = 1055.05585262;
const electronVolt = 1.602176565e-19;
const thermImperial = 1.05505585257348e8;
const thermUs = 1.054804e8;
/** In joules. */
const energies: Sizes = {
  BritishThermalUnit: thermalUnit,
  Calorie: 4.184,
  Kilocalorie: 4184,
  Megacalorie: 4.184e6,
  DecathermEc: thermalUnit * 1e6,
  DecathermImperial: thermImperial * 10,
  DecathermUs: thermUs * 10,
  ThermEc: thermalUnit * 1e5,
  ThermImperial: thermImperial,
  ThermUs: thermUs,
  ElectronVolt: electronVolt,
  Erg: 1e-7,
  FootPound: 1.355817948,
  HorsepowerHour: 2.6845195377e6,
  Joule: 1,
  Millijoule: 1e-3,
  WattDay: 86_400,
  WattHour: 3600,
  ...prefixed(largePrefixes, "britishThermalUnit", thermalUnit),
  ...prefixed(largestPrefixes, "electronVolt", electronVolt),
  ...prefixed(largePrefixes, "joule", 1),
  ...prefixed(largestPrefixes, "wattDay", 86_400),
  ...prefixed(largestPrefixes, "wattHour", 3600),
};

const poundForce = 4.44822161526051;
/** In newtons. */
const forces: Sizes = {
  Dyn: 1e-5,
  KilogramForce: 9.80665,
  KiloPond: 9.80665,
  KilopoundForce: poundForce * 1000,
  Newton: 1,
  OunceForce: poundForce / 16,
  Poundal: 0.1382550279897304,
  PoundForce: poundForce,
  ShortTonForce: poundForce * 2000,
  TonneForce: 9806.65,
  ...prefixed({ Micro: 1e-6, Milli: 1e-3, Deca: 10, Kilo: 1e3, Mega: 1e6 }, "newton", 1),
};

const inchSize = 0.0254;
const surveyFoot = 1200 / 3937;
const lightYear = 9.46073047258e15;
const parsec = 3.08567758128e16;
/** In meters. */
const lengths: Sizes = {
  Angstrom: 1e-10,
  AstronomicalUnit: 1.495978707e11,
  Chain: 20.1168,
  DataMile: 1828.8,
  DtpPica: 1 / 236.220472441,
  DtpPoint: inchSize / 72,
  Fathom: 1.8288,
  Foot: 0.3048,
  Hand: 0.1016,
  Inch: inchSize,
  LightYear: lightYear,
  Meter: 1,
  Microinch: inchSize * 1e-6,
  Mil: inchSize * 1e-3,
  Mile: 1609.34,
  NauticalMile: 1852,
  Parsec: parsec,
  PrinterPica: 1 / 237.106301584,
  PrinterPoint: inchSize / 72.27,
  Shackle: 27.432,
  SolarRadius: 6.9551e8,
  Twip: 1 / 56_692.913385826,
  UsSurveyFoot: surveyFoot,
  Yard: 0.9144,
  ...prefixed({ Kilo: 1e3, Mega: 1e6 }, "lightYear", lightYear),
  ...prefixed({ Kilo: 1e3, Mega: 1e6 }, "parsec", parsec),
  ...prefixed(metricPrefixes, "meter", 1),
};

const poundSize = 0.45359237;
/** In kilograms. */
const masses: Sizes = {
  EarthMass: 5.9722e24,
  Grain: 1 / 15_432.35835294143,
  Gram: 1e-3,
  Kilopound: poundSize * 1e3,
  Megapound: poundSize * 1e6,
  Tonne: 1e3,
  Kilotonne: 1e6,
  Megatonne: 1e9,
  LongHundredweight: 50.80234544,
  LongTon: 1016.0469088,
  Ounce: 1 / 35.2739619,
  Pound: poundSize,
  ShortHundredweight: 45.359237,
  ShortTon: 907.18474,
  Slug: 1 / 6.852176556196105e-2,
  SolarMass: 1.98947e30,
  Stone: 6.35029318,
  ...prefixed(metricPrefixes, "gram", 1e-3),
};

/** In meters a second. */
const speeds: Sizes = {
  Knot: 0.514444,
  MilePerHour: 0.44704,
  ...perTime(
    {
      Foot: 0.3048,
      Inch: inchSize,
      Meter: 1,
      UsSurveyFoot: surveyFoot,
      Yard: 0.9144,
      ...prefixed({ Milli: 1e-3, Centi: 1e-2, Kilo: 1e3 }, "meter", 1),
    },
    { Hour: 3600, Minute: 60, Second: 1 },
  ),
  ...perTime(prefixed({ Nano: 1e-9, Micro: 1e-6, Deci: 1e-1 }, "meter", 1), { Minute: 60, Second: 1 }),
};

const usGallon = 0.00378541;
const imperialGallon = 0.0045460900000018145;
const cubicFoot = 0.0283168;
/** In cubic meters. */
const volumes: Sizes = {
  AcreFoot: 1 / 0.000810714,
  AuTablespoon: 20e-6,
  BoardFoot: 2.3597372158e-3,
  CubicFoot: cubicFoot,
  HectocubicFoot: cubicFoot * 100,
  KilocubicFoot: cubicFoot * 1e3,
  MegacubicFoot: cubicFoot * 1e6,
  CubicInch: 1.6387e-5,
  CubicMile: 4.16818182544058e9,
  CubicYard: 0.764554858,
  CubicMeter: 1,
  HectocubicMeter: 100,
  KilocubicMeter: 1e3,
  CubicCentimeter: 1e-6,
  CubicDecimeter: 1e-3,
  CubicHectometer: 1e6,
  CubicKilometer: 1e9,
  CubicMicrometer: 1e-18,
  CubicMillimeter: 1e-9,
  ImperialBeerBarrel: 0.16365924,
  ImperialGallon: imperialGallon,
  KiloimperialGallon: imperialGallon * 1e3,
  MegaimperialGallon: imperialGallon * 1e6,
  ImperialOunce: 2.84130624999629e-5,
  ImperialPint: 5.6826125e-4,
  Liter: 1e-3,
  MetricCup: 2.5e-4,
  MetricTeaspoon: 5e-6,
  OilBarrel: 0.158987294928,
  UkTablespoon: 15e-6,
  UsBeerBarrel: 0.1173477658,
  UsCustomaryCup: 2.365882365e-4,
  UsGallon: usGallon,
  UsLegalCup: 2.4e-4,
  UsOunce: 2.9573529562537606e-5,
  UsPint: 4.73176473e-4,
  UsQuart: 9.46352946e-4,
  UsTablespoon: 1.478676478125e-5,
  UsTeaspoon: 4.92892159375e-6,
  ...prefixed(
    { Micro: 1e-6, Milli: 1e-3, Centi: 1e-2, Deci: 1e-1, Deca: 10, Hecto: 100, Kilo: 1e3, Mega: 1e6 },
    "liter",
    1e-3,
  ),
  ...prefixed({ Deci: 1e-1, Deca: 10, Hecto: 100, Kilo: 1e3, Mega: 1e6 }, "usGallon", usGallon),
};

const sizeIn = (sizes: Sizes, unit: Value): number | null => {
  const name = textOf(unit);
  return Object.hasOwn(sizes, name) ? (sizes[name] ?? null) : null;
};

const conversion =
  (sizes: Sizes) =>
  (value: Value, from: Value, to: Value): Maybe<number> => {
    const number = toreal(value);
    const [given, wanted] = [sizeIn(sizes, from), sizeIn(sizes, to)];
    return number === null || given === null || wanted === null ? null : (number * given) / wanted;
  };

export const convertEnergy = conversion(energies);
export const convertForce = conversion(forces);
export const convertLength = conversion(lengths);
export const convertMass = conversion(masses);
export const convertSpeed = conversion(speeds);
export const convertVolume = conversion(volumes);

/** A `Tilt` is the sine of an angle. */
export function convertAngle(value: Value, from: Value, to: Value): Maybe<number> {
  const number = toreal(value);
  const degrees = textOf(from) === "Tilt" && number !== null ? Math.asin(number) * degreesOfRadian : null;
  const inDegrees = degrees ?? conversion(angles)(value, from, "Degree");
  return textOf(to) === "Tilt"
    ? inDegrees && Math.sin(inDegrees / degreesOfRadian)
    : conversion(angles)(inDegrees, "Degree", to);
}

/** A unit of temperature: how largePrefixes a degree is, and where its zero lies, in kelvins. */
const temperatures: Readonly<Record<string, { readonly degree: number; readonly zero: number }>> = {
  DegreeCelsius: { degree: 1, zero: 273.15 },
  DegreeDelisle: { degree: -2 / 3, zero: 373.15 },
  DegreeFahrenheit: { degree: 5 / 9, zero: 459.67 * (5 / 9) },
  DegreeNewton: { degree: 100 / 33, zero: 273.15 },
  DegreeRankine: { degree: 5 / 9, zero: 0 },
  DegreeReaumur: { degree: 5 / 4, zero: 273.15 },
  DegreeRoemer: { degree: 40 / 21, zero: 273.15 - 7.5 * (40 / 21) },
  Kelvin: { degree: 1, zero: 0 },
  MillidegreeCelsius: { degree: 1e-3, zero: 273.15 },
  SolarTemperature: { degree: 5778, zero: 0 },
};

export function convertTemperature(value: Value, from: Value, to: Value): Maybe<number> {
  const number = toreal(value);
  const scale = (unit: Value): (typeof temperatures)[string] | undefined =>
    Object.hasOwn(temperatures, textOf(unit)) ? temperatures[textOf(unit)] : undefined;
  const [given, wanted] = [scale(from), scale(to)];
  if (number === null || given === undefined || wanted === undefined) return null;
  return (number * given.degree + given.zero - wanted.zero) / wanted.degree;
}
