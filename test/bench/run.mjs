// npm run bench: ratios within one run, against the least that any client must do.
import { fork } from "node:child_process"
import { fileURLToPath } from "node:url"
import * as NodeHttpClient from "@effect/platform-node/NodeHttpClient"
import * as Effect from "effect/Effect"
import * as Layer from "effect/Layer"
import * as Redacted from "effect/Redacted"
import * as Schema from "effect/Schema"
import * as Stream from "effect/Stream"
import { Pool } from "undici"
import { WelkinClient } from "../../dist/index.js"
import { compile } from "../../dist/internal/decoder.js"
import { Patients } from "../../dist/v8/index.js"

const patients = 4000
const sizes = [20, 100, 1000]
const rounds = 7
const calls = 2000

const median = (numbers) => [...numbers].sort((a, b) => a - b)[Math.floor(numbers.length / 2)]

/** Records a second. */
const perSecond = async (work) => {
  const start = process.hrtime.bigint()
  const records = await work()
  return records / (Number(process.hrtime.bigint() - start) / 1e9)
}

/** Runs two ways of doing the same by turns, so that both meet the same machine. */
const compare = async (one, other) => {
  const [ones, others] = [[], []]
  for (let round = -1; round < rounds; round++) {
    const [a, b] = [await one(), await other()]
    if (round >= 0) {
      ones.push(a)
      others.push(b)
    }
  }
  return [median(ones), median(others)]
}

const print = (name, [ours, theirs], what) =>
  console.log(
    `${name.padEnd(34)} ${Math.round(ours).toLocaleString("en-US").padStart(10)}/s  ${(ours / theirs).toFixed(2).padStart(5)} × ${what} (${Math.round(theirs).toLocaleString("en-US")}/s)`
  )

const milliseconds = (number) => `${number.toFixed(2)} ms`

const server = fork(fileURLToPath(new URL("server.mjs", import.meta.url)), [String(patients), ...sizes.map(String)])
const options = await new Promise((resolve) => server.once("message", resolve))

const pool = new Pool(options.baseUrl, { connections: 1 })
const raw = async (size) => {
  let records = 0
  for (let page = 0; ; page++) {
    const { body } = await pool.request({
      method: "POST",
      path: `/${options.tenant}/${options.instance}/by-filter/patients?page=${page}&size=${size}`,
      headers: { authorization: `Bearer ${options.token}`, "content-type": "application/json" },
      body: "{}"
    })
    const { content, last } = JSON.parse(await body.text())
    records += content.length
    if (last) return records
  }
}

const rawCall = async () => {
  const { body } = await pool.request({
    method: "GET",
    path: `/${options.tenant}/${options.instance}/patients/${options.patientId}`,
    headers: { authorization: `Bearer ${options.token}` }
  })
  return JSON.parse(await body.text())
}

/** The middle of so many calls, one after the other. */
const p50 = Effect.fnUntraced(function* (call) {
  const times = []
  for (let at = 0; at < calls; at++) {
    const start = performance.now()
    yield* call
    times.push(performance.now() - start)
  }
  return median(times)
})

const layer = WelkinClient.layer({ ...options, secretKey: Redacted.make(options.secretKey) }).pipe(
  Layer.provide(NodeHttpClient.layerUndici)
)

console.log(`node ${process.version}, ${patients} patients, median of ${rounds} rounds\n\npatients stream, records decoded`)
await Effect.runPromise(
  Effect.gen(function* () {
    const runtime = yield* Effect.runtime()
    const stream = (size) => Effect.runPromise(Effect.provide(Stream.runCount(Patients.searchStream({ body: {}, size })), runtime))
    for (const size of sizes) {
      print(
        `  pages of ${size}`,
        yield* Effect.promise(() =>
          compare(
            () => perSecond(() => stream(size)),
            () => perSecond(() => raw(size))
          )
        ),
        "undici + JSON.parse"
      )
    }
    const run = (call) => () => Effect.runPromise(Effect.provide(p50(call), runtime))
    const [ours, theirs] = yield* Effect.promise(() =>
      compare(run(Patients.get({ patientId: options.patientId })), run(Effect.promise(rawCall)))
    )
    console.log(`\na call, one of ${calls} in a row`)
    console.log(
      `  patients.get, p50 ${milliseconds(ours).padStart(29)}  ${milliseconds(ours - theirs)} over undici + JSON.parse (${milliseconds(theirs)})`
    )
  }).pipe(Effect.provide(layer))
)

const text = await (
  await pool.request({
    method: "POST",
    path: `/${options.tenant}/${options.instance}/by-filter/patients?page=0&size=100`,
    headers: { authorization: `Bearer ${options.token}` },
    body: "{}"
  })
).body.text()
const page = Schema.Struct({ content: Schema.Array(Patients.Patient) })
const quick = compile(page)
const exact = Schema.decodeUnknownSync(page)
const turns = 30
const decode = (decoder) => async () => {
  const values = Array.from({ length: turns }, () => JSON.parse(text))
  const start = process.hrtime.bigint()
  for (const value of values) decoder(value)
  return { records: turns * 100, seconds: Number(process.hrtime.bigint() - start) / 1e9 }
}
const rate = async (decoder) => {
  const { records, seconds } = await decode(decoder)()
  return records / seconds
}
const rates = [[], []]
for (let round = -1; round < rounds; round++) {
  const pair = [await rate(quick), await rate(exact)]
  if (round >= 0) for (const [at, one] of pair.entries()) rates[at].push(one)
}
console.log("\ndecoding patients, JSON.parse aside")
print("  compiled decoder", rates.map(median), "Schema.decodeUnknown")

await pool.close()
server.kill()
