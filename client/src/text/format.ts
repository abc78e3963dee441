/** Formatters are dear to make and cheap to use: each is made once. */

const made = new Map<string, Intl.DateTimeFormat>();

/** A date-time format, made once for the same language and options. */
export const dateFormat = (language: string, options: Intl.DateTimeFormatOptions): Intl.DateTimeFormat => {
  const key = `${language} ${JSON.stringify(options)}`;
  let format = made.get(key);
  if (format === undefined) {
    format = new Intl.DateTimeFormat(language, options);
    made.set(key, format);
  }
  return format;
};

const CLOCK = { hour: '2-digit', minute: '2-digit', hourCycle: 'h23' } as const;
const REMEMBERED = 5000;
const clocks = new Map<string, Map<number, string>>();

/** "19:30" in that zone; 24 hours everywhere, as boards at venues show it. Remembered: a board says the same few times again and again. */
export const clockText = (at: number, zone: string, language: string): string => {
  const key = `${language} ${zone}`;
  let texts = clocks.get(key);
  if (texts === undefined || texts.size > REMEMBERED) clocks.set(key, (texts = new Map<number, string>()));
  let text = texts.get(at);
  if (text === undefined) texts.set(at, (text = dateFormat(language, { ...CLOCK, timeZone: zone }).format(at)));
  return text;
};

/** "Thursday 23 May" of a `YYYY-MM-DD`. */
export const dayText = (day: string, language: string): string =>
  dateFormat(language, { weekday: 'long', day: 'numeric', month: 'long', timeZone: 'UTC' }).format(Date.parse(day));
