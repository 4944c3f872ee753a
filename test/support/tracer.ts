import type * as Exit from "effect/Exit"
import * as Option from "effect/Option"
import * as Tracer from "effect/Tracer"

/** A span, and what was ever told to it. */
export interface Recorded {
  readonly name: string
  readonly kind: Tracer.SpanKind
  readonly parent: string | undefined
  readonly attributes: ReadonlyMap<string, unknown>
  readonly events: ReadonlyArray<readonly [name: string, attributes: unknown]>
  readonly links: ReadonlyArray<Tracer.SpanLink>
  readonly exit: Exit.Exit<unknown, unknown> | undefined
}

/** A tracer that keeps every span. */
export const recording = (): { readonly spans: ReadonlyArray<Recorded>; readonly tracer: Tracer.Tracer } => {
  const spans: Array<Recorded> = []
  const tracer = Tracer.make({
    span: (name, parent, context, links, startTime, kind) => {
      const attributes = new Map<string, unknown>()
      const events: Array<readonly [string, unknown]> = []
      const recorded = {
        name,
        kind,
        parent: Option.match(parent, { onNone: () => undefined, onSome: (one) => (one._tag === "Span" ? one.name : one.spanId) }),
        attributes,
        events,
        links: [...links],
        exit: undefined as Exit.Exit<unknown, unknown> | undefined
      }
      spans.push(recorded)
      return {
        _tag: "Span",
        name,
        spanId: String(spans.length),
        traceId: "trace",
        parent,
        context,
        status: { _tag: "Started", startTime },
        attributes,
        links,
        sampled: true,
        kind,
        end: (_, exit) => {
          recorded.exit = exit
        },
        attribute: (key, value) => {
          attributes.set(key, value)
        },
        event: (event, _, told) => {
          events.push([event, told])
        },
        addLinks: (more) => {
          recorded.links.push(...more)
        }
      }
    },
    context: (f) => f()
  })
  return { spans, tracer }
}
