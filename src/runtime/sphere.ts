// Points of the sphere as unit vectors, edges as great circles.

/** A point of the unit sphere, or any vector. */
export type SpherePoint = readonly [x: number, y: number, z: number];

/** In meters: the mean radius that the engine counts with. */
export const earthRadius = 6_371_010;

const radian = Math.PI / 180;
const degreesPerRadian = 180 / Math.PI;

/** Longitude and latitude in degrees. */
export function vectorOf(longitude: number, latitude: number): SpherePoint {
  const [l, b] = [longitude * radian, latitude * radian];
  return [Math.cos(b) * Math.cos(l), Math.cos(b) * Math.sin(l), Math.sin(b)];
}
export function positionOf([x, y, z]: SpherePoint): readonly [longitude: number, latitude: number] {
  return [Math.atan2(y, x) * degreesPerRadian, Math.atan2(z, Math.sqrt(x * x + y * y)) * degreesPerRadian];
}

export const dotProduct = (a: SpherePoint, b: SpherePoint): number => a[0] * b[0] + a[1] * b[1] + a[2] * b[2];
export const crossProduct = (a: SpherePoint, b: SpherePoint): SpherePoint => [
  a[1] * b[2] - a[2] * b[1],
  a[2] * b[0] - a[0] * b[2],
  a[0] * b[1] - a[1] * b[0],
];
export const scaledVector = (a: SpherePoint, factor: number): SpherePoint => [
  a[0] * factor,
  a[1] * factor,
  a[2] * factor,
];
export const vectorSum = (a: SpherePoint, b: SpherePoint): SpherePoint => [a[0] + b[0], a[1] + b[1], a[2] + b[2]];
export const vectorDifference = (a: SpherePoint, b: SpherePoint): SpherePoint => [
  a[0] - b[0],
  a[1] - b[1],
  a[2] - b[2],
];
export const lengthOf = (a: SpherePoint): number => Math.hypot(a[0], a[1], a[2]);
export const unitVector = (a: SpherePoint): SpherePoint => scaledVector(a, 1 / lengthOf(a));
export const samePoint = (a: SpherePoint, b: SpherePoint): boolean => a[0] === b[0] && a[1] === b[1] && a[2] === b[2];

/** The angle between two points, in radians; exact for near ones too. */
export function angleBetween(a: SpherePoint, b: SpherePoint): number {
  return Math.atan2(lengthOf(crossProduct(vectorDifference(a, b), vectorSum(a, b))) / 2, dotProduct(a, b));
}

/** The normal of the great circle through two points; their difference and sum keep it exact for near ones. */
export const normalOf = (a: SpherePoint, b: SpherePoint): SpherePoint =>
  scaledVector(crossProduct(vectorDifference(a, b), vectorSum(a, b)), 0.5);

/** Above zero where the points turn left, below where they turn right. */
export const turnOf = (a: SpherePoint, b: SpherePoint, c: SpherePoint): number => dotProduct(normalOf(a, b), c);

/** The point of an edge that is nearest to another point. */
export function nearestOnEdge(point: SpherePoint, a: SpherePoint, b: SpherePoint): SpherePoint {
  const normal = normalOf(a, b);
  if (lengthOf(normal) > 0) {
    const unit = unitVector(normal);
    const foot = vectorDifference(point, scaledVector(unit, dotProduct(point, unit)));
    if (
      lengthOf(foot) > 0 &&
      dotProduct(crossProduct(unit, a), foot) > 0 &&
      dotProduct(crossProduct(b, unit), foot) > 0
    )
      return unitVector(foot);
  }
  return angleBetween(point, a) <= angleBetween(point, b) ? a : b;
}

/** The point at a fraction of the way along an edge. */
export function alongEdge(a: SpherePoint, b: SpherePoint, fraction: number): SpherePoint {
  const tangent = crossProduct(normalOf(a, b), a);
  if (lengthOf(tangent) === 0) return a;
  const angle = angleBetween(a, b) * fraction;
  return unitVector(vectorSum(scaledVector(a, Math.cos(angle)), scaledVector(unitVector(tangent), Math.sin(angle))));
}

/** Whether two edges have a point in common. */
export function edgesMeet(a: SpherePoint, b: SpherePoint, c: SpherePoint, d: SpherePoint): boolean {
  if (samePoint(a, c) || samePoint(a, d) || samePoint(b, c) || samePoint(b, d)) return true;
  return edgesCross(a, b, c, d);
}
/** Points nearer to an edge than this, in radians, count as on it: a few nanometers, what is lost in rounding. */
const onEdge = 1e-15;

/** Whether two edges cross in their insides. */
export function edgesCross(a: SpherePoint, b: SpherePoint, c: SpherePoint, d: SpherePoint): boolean {
  const sides = [sideOf(a, c, b), sideOf(c, b, d), sideOf(b, d, a), sideOf(d, a, c)];
  return sides.every((side) => side > 0) || sides.every((side) => side < 0);
}
function sideOf(a: SpherePoint, b: SpherePoint, c: SpherePoint): number {
  const normal = normalOf(a, b);
  const turn = dotProduct(normal, c);
  return Math.abs(turn) <= onEdge * lengthOf(normal) ? 0 : turn;
}

/** Whether a point lies on an edge, and not at its ends. */
export function isInsideEdge(point: SpherePoint, a: SpherePoint, b: SpherePoint): boolean {
  if (samePoint(point, a) || samePoint(point, b)) return false;
  const foot = nearestOnEdge(point, a, b);
  return !(samePoint(foot, a) || samePoint(foot, b)) && angleBetween(point, foot) <= onEdge;
}
