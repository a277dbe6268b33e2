/**
 * The cases of the real engine's answers that do not agree, each with its cause. One that begins to agree must go from here, and
 * any other that does not agree fails.
 */
export const exceptions: Readonly<Record<string, string>> = {};
