import * as Collection from "./collection.js"
import { careFlows as kind } from "./population.js"

export const handlers = { "careFlows.get": Collection.get(kind), "careFlows.find": Collection.find(kind) }
