import type { Route } from "./routes.js"

export interface Match {
  readonly route: Route
  /** The values of the slots, decoded. */
  readonly path: Readonly<Record<string, string>>
}

/** Finds the route of a method and a path; undefined where the service has none. */
export type Router = (method: string, pathname: string) => Match | undefined

interface Candidate {
  readonly route: Route
  readonly segments: ReadonlyArray<string>
  readonly literals: number
}

const isSlot = (segment: string): boolean => segment.startsWith("{")

const decode = (segment: string): string | undefined => {
  try {
    return decodeURIComponent(segment)
  } catch {
    return undefined
  }
}

const fits = (candidate: Candidate, path: ReadonlyArray<string>): boolean =>
  candidate.segments.every((segment, at) => (isSlot(segment) ? path[at] !== "" : segment === path[at]))

/** A router for these routes. Where two fit, the one with more literal segments wins. */
export const make = (routes: ReadonlyArray<Route>): Router => {
  const candidates = new Map<string, Array<Candidate>>()
  for (const route of routes) {
    const segments = route.template.slice(1).split("/")
    const key = `${route.method} ${segments.length}`
    const candidate: Candidate = { route, segments, literals: segments.filter((one) => !isSlot(one)).length }
    candidates.set(
      key,
      [...(candidates.get(key) ?? []), candidate].sort((one, other) => other.literals - one.literals)
    )
  }
  return (method, pathname) => {
    const encoded = pathname.slice(1).split("/")
    const segments = encoded.map(decode)
    if (segments.includes(undefined)) return undefined
    const path = segments as ReadonlyArray<string>
    const found = candidates.get(`${method} ${path.length}`)?.find((candidate) => fits(candidate, path))
    if (found === undefined) return undefined
    return {
      route: found.route,
      path: Object.fromEntries(found.segments.flatMap((one, at) => (isSlot(one) ? [[one.slice(1, -1), path[at]!]] : [])))
    }
  }
}
