// What people call the program that a User-Agent line (RFC 9110, section 10.1.5) names.

const BROWSERS: readonly [RegExp, string][] = [
  [/\bEdgA?\/(\d+)/, 'Edge'],
  [/\bOPR\/(\d+)/, 'Opera'],
  [/\b(?:Firefox|FxiOS)\/(\d+)/, 'Firefox'],
  [/\b(?:Chrome|HeadlessChrome|CriOS)\/(\d+)/, 'Chrome'],
  [/\bVersion\/(\d+)\S* (?:Mobile\/\S+ )?Safari\//, 'Safari'],
];

/** In this order: Android says that it is Linux, too, and an iPhone that it is like a Mac. */
const SYSTEMS: readonly [RegExp, string][] = [
  [/Windows NT/, 'Windows'],
  [/Android/, 'Android'],
  [/iPhone|iPad/, 'iOS'],
  [/Mac OS X/, 'macOS'],
  [/CrOS/, 'ChromeOS'],
  [/Linux/, 'Linux'],
];

/** Such as "Chrome 156, Linux" or "openstacksdk 0.101.0"; the beginning of a line that tells neither. */
export function programOf(userAgent: string): string {
  for (const [mark, name] of BROWSERS) {
    const version = mark.exec(userAgent)?.[1];
    if (version) {
      const system = SYSTEMS.find(([sign]) => sign.test(userAgent))?.[1];
      return system ? `${name} ${version}, ${system}` : `${name} ${version}`;
    }
  }
  const [product = ''] = userAgent.trim().split(/\s+/);
  return product.replace('/', ' ').slice(0, 40);
}
