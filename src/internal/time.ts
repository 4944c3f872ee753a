const shape = /^(\d{4})-(\d{2})-(\d{2})T(\d{2}):(\d{2}):(\d{2})(?:\.(\d{1,9}))?(?:Z|([+-])(\d{2}):?(\d{2}))$/

const monthLengths = [31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31]

const isRealDate = (year: number, month: number, day: number): boolean => {
  if (month < 1 || month > 12 || day < 1) return false
  const leap = month === 2 && ((year % 4 === 0 && year % 100 !== 0) || year % 400 === 0)
  return day <= monthLengths[month - 1]! + (leap ? 1 : 0)
}

/** Epoch milliseconds of a strict ISO 8601 instant; undefined for anything else, such as 30 February or a bare date. */
export const parseInstant = (text: string): number | undefined => {
  const parts = shape.exec(text)
  if (parts === null) return undefined
  const [year, month, day, hour, minute, second] = [+parts[1]!, +parts[2]!, +parts[3]!, +parts[4]!, +parts[5]!, +parts[6]!]
  if (!isRealDate(year, month, day) || hour > 23 || minute > 59 || second > 59) return undefined
  const millis = parts[7] === undefined ? 0 : Math.floor(+`0.${parts[7]}` * 1000 + 1e-7)
  const local = new Date(0)
  // Date.UTC takes the years 0 to 99 for the twentieth century
  local.setUTCFullYear(year, month - 1, day)
  local.setUTCHours(hour, minute, second, millis)
  if (parts[8] === undefined) return local.getTime()
  const [offsetHour, offsetMinute] = [+parts[9]!, +parts[10]!]
  if (offsetHour > 23 || offsetMinute > 59) return undefined
  const offset = (offsetHour * 60 + offsetMinute) * 60_000
  return parts[8] === "+" ? local.getTime() - offset : local.getTime() + offset
}

/** Whether a text is a real calendar date, `YYYY-MM-DD`. */
export const isCalendarDate = (text: string): boolean => {
  const parts = /^(\d{4})-(\d{2})-(\d{2})$/.exec(text)
  return parts !== null && isRealDate(+parts[1]!, +parts[2]!, +parts[3]!)
}
