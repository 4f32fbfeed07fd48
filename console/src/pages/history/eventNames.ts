// The names of an event's facts and changed fields in words; EventNames of the service says the same which names there are.

export type Names = Record<string, string>;

/** The word for a name, or for what is before a dot in it with what comes behind. */
function begun(name: string, names: Names): string | undefined {
  for (let end = name.length; end > 0; end = name.lastIndexOf('.', end - 1)) {
    const word = names[name.slice(0, end)];
    if (word) return end === name.length ? word : `${word}: ${name.slice(end + 1)}`;
  }
  return undefined;
}

/** A field's name in words: that of its path or of a part before a dot, or that of its last part; else as it was recorded. */
export const fieldName = (field: string, names: Names): string => begun(field, names) ?? names[field.slice(field.lastIndexOf('.') + 1)] ?? field;

/** A fact's name in words, which may depend on what was done. */
export const factName = (name: string, action: string, names: Names): string => names[`${action}/${name}`] ?? begun(name, names) ?? name;
