const shape = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(?:\.\d{1,9})?(?:Z|[+-]\d{2}:?\d{2})$/

const monthLengths = [31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31]

const isRealDate = (year: number, month: number, day: number): boolean => {
  if (month < 1 || month > 12 || day < 1) return false
  const leap = month === 2 && ((year % 4 === 0 && year % 100 !== 0) || year % 400 === 0)
  return day <= monthLengths[month - 1]! + (leap ? 1 : 0)
}

/** The calendar repeats after 400 years. */
const fourCenturies = 146_097 * 86_400_000

const digit = (text: string, at: number): number => text.charCodeAt(at) - 48
const two = (text: string, at: number): number => digit(text, at) * 10 + digit(text, at + 1)
const yearOf = (text: string): number => two(text, 0) * 100 + two(text, 2)

/** Epoch milliseconds of a strict ISO 8601 instant; undefined for anything else, such as 30 February or a bare date. */
export const parseInstant = (text: string): number | undefined => {
  // read digit by digit: an export's page holds thousands of these, and groups of a pattern cost five times as much
  if (!shape.test(text)) return undefined
  const [hour, minute, second] = [two(text, 11), two(text, 14), two(text, 17)]
  const [year, month, day] = [yearOf(text), two(text, 5), two(text, 8)]
  if (!isRealDate(year, month, day) || hour > 23 || minute > 59 || second > 59) return undefined
  // Date.UTC takes the years 0 to 99 for the twentieth century
  let millis = Date.UTC(year + 400, month - 1, day, hour, minute, second) - fourCenturies
  let at = 19
  if (text[at] === ".") {
    for (let unit = 100; digit(text, ++at) >= 0 && digit(text, at) <= 9; unit = Math.floor(unit / 10)) millis += digit(text, at) * unit
  }
  if (text[at] === "Z") return millis
  const [offsetHour, offsetMinute] = [two(text, at + 1), two(text, text.length - 2)]
  if (offsetHour > 23 || offsetMinute > 59) return undefined
  const offset = (offsetHour * 60 + offsetMinute) * 60_000
  return text[at] === "+" ? millis - offset : millis + offset
}

/** Whether a text is a real calendar date, `YYYY-MM-DD`. */
export const isCalendarDate = (text: string): boolean =>
  /^\d{4}-\d{2}-\d{2}$/.test(text) && isRealDate(yearOf(text), two(text, 5), two(text, 8))
