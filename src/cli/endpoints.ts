import * as Command from "@effect/cli/Command"
import * as Effect from "effect/Effect"
import * as Endpoint from "../Endpoint.js"
import * as v1 from "../v1/index.js"
import * as v8 from "../v8/index.js"
import * as Display from "./Display.js"
import * as Flags from "./Flags.js"
import { Output } from "./Output.js"

const list = () =>
  [...Endpoint.listOf({ ...v8 }), ...Endpoint.listOf({ ...v1 })].map(({ generation, id, method, paging, path, safe }) => ({
    id,
    generation,
    method,
    path,
    safe,
    paging
  }))

export const command = Command.make("endpoints", Display.options, () =>
  Effect.flatMap(Output, (output) => output.result(JSON.stringify(list(), null, 2)))
).pipe(Flags.heeded, Command.withDescription("Print every endpoint of the SDK as a JSON array."))
