import type { WelkinError } from "../../src/WelkinError.js"

/** What kind of error it is and the places it names, each once and in order. */
export const tagAndPlaces = (error: WelkinError): readonly [tag: string, ...places: ReadonlyArray<string>] => [
  error._tag,
  ...("places" in error ? Array.from(new Set(error.places.map(({ path }) => path))).sort() : [])
]
