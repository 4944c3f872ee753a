import { availableParallelism, loadavg } from "node:os"

/** How many others want this machine's processors, once they are all in use. */
const share = (): number => Math.max(1, loadavg()[0]! / availableParallelism())

/** Time that a quiet machine keeps to, stretched by how busy this one is. */
export const stretched = (millis: number): number => millis * share()
