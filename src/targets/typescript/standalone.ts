import type { Module } from "./module.ts";
export function standalone(_module: Module, _types: boolean): string {
  return "";
}
