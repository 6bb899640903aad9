// What a file in Chrome's trace-event JSON must be for Perfetto to show all of it. Written from the format's document,
// "Trace Event Format" (docs.google.com/document/d/1CvAClvFfyA5R-PhYUmn5OOQtYMH4h6I0nSsKchNAySU), and from what
// Perfetto says of its support of it (perfetto.dev/docs/getting-started/other-formats and perfetto.dev/docs/faq):
// complete events of a thread nest, an arrow's ends lie in a slice each, counters have numbers, names of threads come
// as metadata.

const metadata = {
  process_name: 'name', process_labels: 'labels', process_sort_index: 'sort_index', thread_name: 'name',
  thread_sort_index: 'sort_index',
};
const isObject = (value) => typeof value === 'object' && value !== null && !Array.isArray(value);
const isText = (value) => typeof value === 'string' && value !== '';

// Times are kept in whole nanoseconds: a double's microseconds would not add up.
function nanoseconds(microseconds) {
  return Math.round(microseconds * 1000);
}

class Validator {
  constructor() {
    this.flaws = [];
    this.named = new Set();
    this.used = new Set();
    this.spans = new Map(); // of each thread: [{ begin, end, at }]
    this.flows = new Map(); // by category, name and id: { from: [], to: [] }
    this.counts = {};
  }

  flaw(at, what) {
    this.flaws.push(at === null ? what : `event ${at}: ${what}`);
  }

  document(root) {
    const events = Array.isArray(root) ? root : root?.traceEvents;
    if (!Array.isArray(events)) {
      this.flaw(null, 'there is neither an array nor an object with "traceEvents"');
      return;
    }
    if (isObject(root)) {
      if ('displayTimeUnit' in root && !['ms', 'ns'].includes(root.displayTimeUnit)) {
        this.flaw(null, `displayTimeUnit is "${root.displayTimeUnit}", which is neither ms nor ns`);
      }
      if ('otherData' in root && !isObject(root.otherData)) this.flaw(null, 'otherData is no object');
    }
    events.forEach((event, at) => this.event(event, at));
    for (const thread of this.used) {
      if (!this.named.has(thread)) this.flaw(null, `thread ${thread} has no thread_name`);
    }
    for (const [thread, spans] of this.spans) this.nesting(thread, spans);
    for (const [id, flow] of this.flows) this.flow(id, flow);
  }

  event(event, at) {
    if (!isObject(event)) return this.flaw(at, 'it is no object');
    if (!isText(event.ph) || event.ph.length !== 1) return this.flaw(at, 'its phase is not one character');
    if (!isText(event.name)) this.flaw(at, 'it has no name');
    for (const key of ['pid', 'tid']) {
      if (!Number.isInteger(event[key]) || event[key] < 0) this.flaw(at, `its ${key} is no whole number from 0`);
    }
    if ('cat' in event && !isText(event.cat)) this.flaw(at, 'its category is no text');
    if ('args' in event && !isObject(event.args)) this.flaw(at, 'its args are no object');
    this.counts[event.ph] = (this.counts[event.ph] ?? 0) + 1;
    if (event.ph === 'M') return this.metadata(event, at);
    if (typeof event.ts !== 'number' || !Number.isFinite(event.ts)) return this.flaw(at, 'it has no time');
    if (event.ts < 0) this.flaw(at, 'it lies before the beginning');
    const thread = `${event.pid}/${event.tid}`;
    this.used.add(thread);
    switch (event.ph) {
      case 'X': return this.complete(event, at, thread);
      case 'i':
      case 'I':
        if ('s' in event && !['g', 'p', 't'].includes(event.s)) this.flaw(at, `its scope is "${event.s}"`);
        return undefined;
      case 'C': return this.counter(event, at);
      case 's':
      case 't':
      case 'f': return this.arrow(event, at, thread);
      default: return this.flaw(at, `its phase "${event.ph}" is not one that Perfetto shows of such files`);
    }
  }

  metadata(event, at) {
    const key = metadata[event.name];
    if (key === undefined) return this.flaw(at, `"${event.name}" is no metadata that the format knows`);
    const value = event.args?.[key];
    if (key === 'sort_index' ? !Number.isInteger(value) : !isText(value)) {
      return this.flaw(at, `${event.name} lacks its ${key}`);
    }
    if (event.name !== 'thread_name') return undefined;
    const thread = `${event.pid}/${event.tid}`;
    if (this.named.has(thread)) this.flaw(at, `thread ${thread} is named twice`);
    this.named.add(thread);
    return undefined;
  }

  complete(event, at, thread) {
    if (typeof event.dur !== 'number' || !Number.isFinite(event.dur)) return this.flaw(at, 'it has no duration');
    if (event.dur < 0) return this.flaw(at, 'its duration is negative');
    if (!this.spans.has(thread)) this.spans.set(thread, []);
    const begin = nanoseconds(event.ts);
    this.spans.get(thread).push({ begin, end: begin + nanoseconds(event.dur), at });
    return undefined;
  }

  counter(event, at) {
    const values = Object.values(event.args ?? {});
    if (values.length === 0) this.flaw(at, 'a counter without a value');
    if (!values.every((value) => typeof value === 'number' && Number.isFinite(value))) {
      this.flaw(at, 'a counter whose value is no number');
    }
  }

  arrow(event, at, thread) {
    if (!isText(event.id) && !Number.isInteger(event.id)) return this.flaw(at, 'an arrow without an id');
    if (!isText(event.cat)) this.flaw(at, 'an arrow without a category');
    if ('bp' in event && event.bp !== 'e') this.flaw(at, `its binding point is "${event.bp}"`);
    const key = `${event.cat}/${event.name}/${event.id}`;
    if (!this.flows.has(key)) this.flows.set(key, []);
    this.flows.get(key).push({ phase: event.ph, time: nanoseconds(event.ts), thread, at });
    return undefined;
  }

  nesting(thread, spans) {
    const open = [];
    const sorted = [...spans].sort((a, b) => a.begin - b.begin || b.end - a.end || a.at - b.at);
    for (const span of sorted) {
      while (open.length > 0 && open.at(-1).end <= span.begin) open.pop();
      if (open.length > 0 && span.end > open.at(-1).end) {
        this.flaw(span.at, `on thread ${thread} it overlaps with event ${open.at(-1).at} and does not lie in it`);
      }
      open.push(span);
    }
  }

  flow(id, ends) {
    const count = (phase) => ends.filter((end) => end.phase === phase).length;
    if (count('s') !== 1 || count('f') !== 1) {
      this.flaw(ends[0].at, `arrow ${id} has ${count('s')} beginnings and ${count('f')} ends`);
      return;
    }
    const [begin] = ends.filter((end) => end.phase === 's');
    const [end] = ends.filter((one) => one.phase === 'f');
    if (end.time < begin.time) this.flaw(end.at, `arrow ${id} ends before it begins`);
    for (const one of ends) {
      const spans = this.spans.get(one.thread) ?? [];
      if (!spans.some((span) => span.begin <= one.time && one.time <= span.end)) {
        this.flaw(one.at, `arrow ${id} lies in no slice of thread ${one.thread}`);
      }
    }
  }
}

// The flaws, in words, and how many events there are of each phase.
export function validate(text) {
  const validator = new Validator();
  let root;
  try {
    root = JSON.parse(text);
  } catch (error) {
    return { flaws: [`it is no JSON: ${error.message}`], counts: {} };
  }
  validator.document(root);
  return { flaws: validator.flaws, counts: validator.counts };
}
