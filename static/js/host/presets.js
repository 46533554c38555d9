// What a form of settings holds, and which preset that is. Pure.

/** The settings in these fields ({name, type, value, checked}); `like` is any preset, for the names and types. */
export function filled(fields, like) {
  const values = {};
  for (const { name, type, value, checked } of fields) {
    if (!(name in like)) continue;
    if (type === "checkbox") values[name] = checked;
    else if (type === "radio") values[name] = checked ? value : values[name];
    else values[name] = value.trim() === "" ? NaN : Number(value);
  }
  return values;
}

/** The name of the preset that has just these values, or null. */
export function presetOf(presets, values) {
  const isSame = (preset) => Object.keys(preset).every((name) => preset[name] === values[name]);
  return Object.keys(presets).find((name) => isSame(presets[name])) ?? null;
}
