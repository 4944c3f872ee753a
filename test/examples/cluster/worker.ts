/**
 * A worker: takes units until it is stopped. Start as many as you like; kill any of them at any time.
 */
import * as NodeContext from "@effect/platform-node/NodeContext"
import * as NodeRuntime from "@effect/platform-node/NodeRuntime"
import * as Layer from "effect/Layer"
import { cluster, ExportUnits } from "./units.js"

ExportUnits.pipe(Layer.provide(cluster(Number(process.argv[2]))), Layer.provide(NodeContext.layer), Layer.launch, NodeRuntime.runMain)
