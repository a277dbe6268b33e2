/** Where the result columns differ from those of Microsoft's binder, by cause: ids of the corpus. */
export const differences: Readonly<Record<string, readonly string[]>> = {
};
