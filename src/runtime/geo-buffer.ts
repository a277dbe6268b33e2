import type { Bag, Maybe, Value } from "../types/value.ts";
import { toreal } from "./convert.ts";
import { placeOf } from "./geo-shapes.ts";
import {
  crossProduct,
  earthRadius,
  positionOf,
  type SpherePoint,
  scaledVector,
  unitVector,
  vectorSum,
} from "./sphere.ts";

/** A direction at right angles to a point, chosen as the S2 library does: from it circles begin. */
function startDirection(point: SpherePoint): SpherePoint {
  const sizes = point.map(Math.abs);
  const largest = sizes.indexOf(Math.max(...sizes));
  const helper: [number, number, number] = [0.012, 0.0053, 0.00457];
  helper[largest === 0 ? 2 : largest - 1] = 1;
  return unitVector(crossProduct(point, helper));
}

const tolerancePerRadius = 1e-6;

/**
 * A polygon with its corners on the circle around a point and its edges no further inside than the tolerance, 10 meters unless said;
 * null for a radius that is not positive and a tolerance below a millionth of it. (geo-point-buffer-function)
 *
 * @throws RangeError for a tolerance that reaches the radius, for which the engine's own choice is not known
 */
export function geoPointBuffer(longitude: Value, latitude: Value, size: Value, deviation: Value = 10): Maybe<Bag> {
  const [center, radius, tolerance] = [placeOf(longitude, latitude), toreal(size), toreal(deviation)];
  if (center === null || radius === null || tolerance === null || !(radius > 0)) return null;
  if (!(tolerance >= radius * tolerancePerRadius)) return null;
  if (tolerance >= radius) throw new RangeError("geo_point_buffer needs a tolerance below the radius here");
  const corners = Math.max(3, Math.ceil(Math.PI / Math.acos(1 - tolerance / radius)));
  const [first, height] = [startDirection(center), scaledVector(center, Math.cos(radius / earthRadius))];
  const second = crossProduct(center, first);
  const ring = Array.from({ length: corners + 1 }, (_, i) => {
    const turn = (2 * Math.PI * (i % corners)) / corners;
    const side = vectorSum(scaledVector(first, Math.cos(turn)), scaledVector(second, Math.sin(turn)));
    return [...positionOf(vectorSum(height, scaledVector(side, Math.sin(radius / earthRadius))))];
  });
  return { type: "Polygon", coordinates: [ring] };
}
