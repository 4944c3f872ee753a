/**
 * A wall around the tests: this process talks to this machine alone. What it dials beyond is not reached, and is remembered. Loaded
 * by `setup.ts` before every file of tests.
 */
import Dns from "node:dns"
import * as Net from "node:net"

const here: ReadonlySet<string> = new Set(["127.0.0.1", "::1", "localhost"])

/** Hosts and ports dialled on this machine. */
export const dialled: Set<string> = new Set()

/** Names asked for and hosts dialled anywhere else. There must be none. */
export const strays: Set<string> = new Set()

const refusal = (code: string) => Object.assign(new Error("Tests talk to this machine alone"), { code })

const { connect } = Net.Socket.prototype
const { lookup } = Dns

Net.Socket.prototype.connect = function (this: Net.Socket, ...args: ReadonlyArray<any>) {
  // net.connect hands over its arguments as one list
  const [first, second] = Array.isArray(args[0]) ? args[0] : args
  const options = typeof first === "object" ? first : { port: first, host: typeof second === "string" ? second : undefined }
  const host: string = options.host ?? "localhost"
  const isPath = options.path !== undefined || Number.isNaN(Number(options.port))
  if (isPath || isNobody(host)) return Reflect.apply(connect, this, args)
  if (!here.has(host)) {
    strays.add(host)
    process.nextTick(() => this.destroy(refusal("ENETUNREACH")))
    return this
  }
  dialled.add(`${host}:${options.port}`)
  return Reflect.apply(connect, this, args)
} as Net.Socket["connect"]

/** A name that is reserved for nobody (RFC 2606): tests may ask for it, and no resolver is asked. */
const isNobody = (name: string): boolean => name.endsWith(".invalid")

Dns.lookup = ((name: string, ...rest: ReadonlyArray<any>) => {
  if (here.has(name) || Net.isIP(name) !== 0) return Reflect.apply(lookup, Dns, [name, ...rest])
  if (!isNobody(name)) strays.add(name)
  process.nextTick(rest.at(-1), refusal("ENOTFOUND"))
}) as typeof Dns.lookup
