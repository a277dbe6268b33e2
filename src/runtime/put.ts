/** Sets an own property; `__proto__` is a name like any other. */
export function put<V>(target: Record<string, V>, name: string, value: V): void {
  if (name === "__proto__")
    Object.defineProperty(target, name, { value, enumerable: true, configurable: true, writable: true });
  else target[name] = value;
}
