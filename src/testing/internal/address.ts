import type { Request } from "./call.js"

/** Where the simulator answers in process. The name exists nowhere. */
export const baseUrl = "https://simulator.welkin.example"

/** The base URL that a request was sent to. Over a socket it names its host. */
export const baseUrlOf = ({ headers }: Request): string => (headers.host === undefined ? baseUrl : `http://${headers.host}`)
