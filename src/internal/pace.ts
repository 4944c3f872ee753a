/** How many requests a second a client sends once its server has answered 429: pure, the limiter keeps the state. Times are in milliseconds. */
export interface Pace {
  /** Successes of the second that began then, and of the second before. */
  readonly second: number
  readonly successes: number
  readonly successesBefore: number
  /** Undefined while the server has no complaint: requests leave as they come. */
  readonly slowed: Slowed | undefined
}

interface Slowed {
  /** The requests a second at which the server complained. */
  readonly ceiling: number
  /** When it complained last. */
  readonly since: number
  /** When the next request may leave. */
  readonly next: number
}

export const free: Pace = { second: Number.NEGATIVE_INFINITY, successes: 0, successesBefore: 0, slowed: undefined }

const drop = 0.15
const recovery = 4000
const calm = 30_000
const least = 1

/**
 * The curve of CUBIC (RFC 9438), which does not depend on the scale: well below the ceiling at first, back at it after a while,
 * around it for long, and then upwards ever faster, for a ceiling that has been lifted.
 */
const perSecond = ({ ceiling, since }: Slowed, at: number): number => ceiling * (1 + drop * ((at - since) / recovery - 1) ** 3)

export const succeeded = (pace: Pace, at: number): Pace => {
  const age = at - pace.second
  if (age < 1000) return { ...pace, successes: pace.successes + 1 }
  return { ...pace, second: at, successes: 1, successesBefore: age < 2000 ? pace.successes : 0 }
}

/** Successes of the last second, as nearly as two counts tell. */
const recent = ({ second, successes, successesBefore }: Pace, at: number): number => {
  const age = at - second
  if (age < 1000) return successes + successesBefore * (1 - age / 1000)
  return age < 2000 ? successes * (2 - age / 1000) : 0
}

/** The server complained. What it took in the last second tells what it takes; a single bad second halves the pace and no more. */
export const slower = (pace: Pace, at: number, atFirst: number): Pace => {
  const { slowed } = pace
  const taken = recent(pace, at)
  const ceiling =
    slowed === undefined ? Math.max(taken, atFirst) : Math.max(least, slowed.ceiling / 2, Math.min(taken, perSecond(slowed, at)))
  return { ...pace, slowed: { ceiling, since: at, next: slowed?.next ?? at } }
}

/** Takes the next turn where it has come; else says in how many whole milliseconds to ask again. */
export const turn = (pace: Pace, at: number): readonly [wait: number, Pace] => {
  const { slowed } = pace
  if (slowed === undefined) return [0, pace]
  if (at - slowed.since > calm) return [0, { ...pace, slowed: undefined }]
  const wait = Math.floor(slowed.next - at)
  if (wait >= 1) return [wait, pace]
  return [0, { ...pace, slowed: { ...slowed, next: Math.max(slowed.next, at) + 1000 / perSecond(slowed, at) } }]
}
