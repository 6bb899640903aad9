// Stands in for the program in the tests of web/mirror/mirror.mjs, so that they need no build of it: the same state and
// the same answers, for runs that are over at once. It runs in the page, and is made from the real catalogue.

const figures = {
  expected: { en: 'expected', ko: '기대한 값' },
  found: { en: 'found', ko: '나온 값' },
  lost: { en: 'lost', ko: '사라진 갱신' },
  executions: { en: 'Executions', ko: '실행' },
  failures: { en: 'Failures', ko: '실패' },
};

const races = {
  finding: 'races',
  accesses: 6,
  sentence: { en: 'There is a data race.', ko: '데이터 경쟁이 있습니다.' },
  first: [
    { variable: 'count', accesses: [{ thread: 'A', step: 2 }, { thread: 'B', step: 5 }] },
    { variable: 'sum', accesses: [{ thread: 'B', step: 3 }, { thread: 'A', step: 7 }] },
  ],
};

const story = [
  { en: 'A reads 0', ko: 'A가 0을 읽는다' },
  { en: 'B reads 0', ko: 'B가 0을 읽는다' },
  { en: 'B writes over it', ko: 'B가 덮어쓴다' },
];

const notWhole = {
  en: ({ key, min, max }, value) => `${key} must be ${min} to ${max}, not ${value}.`,
  ko: ({ key, min, max }, value) => `${key}은(는) ${min}부터 ${max}까지여야 합니다. ${value}은(는) 벗어났습니다.`,
};
const noDuration = {
  en: ({ key }) => `${key} must be a duration such as 5ms.`,
  ko: ({ key }) => `${key}은(는) 5ms 같은 시간이어야 합니다.`,
};

export class FakeApp {
  asked = [];  // every request
  listener = () => {};

  constructor(catalogue, { lang = 'en', theme = 'light', noLive = '' } = {}) {
    this.catalogue = catalogue;
    this.look = { lang, theme };
    this.noLive = noLive;
    this.frame = 1;
    this.#configure({ workload: catalogue.workloads[0].id, engine: noLive ? 'sim' : 'live' });
  }

  get workload() {
    return this.catalogue.workloads.find(({ id }) => id === this.config.workload);
  }

  // The workload on the engine; what is not named has its default.
  #configure({ workload, engine, ...values }) {
    const its = this.catalogue.workloads.find(({ id }) => id === workload);
    const { settings } = this.catalogue.engines.find(({ key }) => key === engine);
    const read = (specs) => Object.fromEntries(specs.map(({ key, defaults }) => [key, values[key] ?? defaults[engine].text]));
    this.config = { workload, engine, schedule: values.schedule ?? '', params: read(its.params), settings: read(settings) };
    this.#back();
  }

  #back() {
    this.run = { phase: 'idle', cursor: 0, steps: [], outcome: null, exploration: null, race: null };
    this.status = '';
  }

  state() {
    const { phase, cursor, steps, outcome, exploration, race, progress = 0 } = this.run;
    const { lang } = this.look;
    const say = (pair) => (pair ? pair[lang] : null);
    return {
      ready: true, ...this.look, workload: this.config.workload, engine: this.config.engine,
      params: { ...this.config.params }, settings: { ...this.config.settings },
      unmet: this.#unmet(lang), presets: this.#presets(),
      engines: this.catalogue.engines.map(({ key }) => {
        const enabled = key !== 'live' || !this.noLive;
        return { key, enabled, reason: enabled ? '' : this.noLive };
      }),
      setForNext: false, status: say(this.status) ?? '', problems: [], frame: this.frame, phase, progress,
      steps: { count: steps.length, cursor }, events: steps.length, history: this.history ?? 0, problem: null,
      outcome: outcome && {
        verdict: outcome.verdict, headline: say(outcome.headline), sentence: say(outcome.sentence),
        figures: Object.fromEntries(Object.entries(outcome.figures).map(([key, value]) =>
          [key, { label: figures[key][lang], value, shown: value.toLocaleString('en-US') }])),
      },
      chances: exploration ? ['66.7 %', '33.3 %'] : [],
      exploration: exploration && { ...exploration, story: exploration.story.map(say) },
      race: race && { ...race, sentence: say(race.sentence) },
      nodes: [],
    };
  }

  #unmet(lang) {
    const { params } = this.config;
    const lacks = ({ key, values, at_least: least }) => (values ? !values.includes(params[key]) : Number(params[key]) < least);
    const needs = this.workload.params.map(({ key, needs: own = [] }) => [key, own.find(lacks)?.reason[lang]]);
    return Object.fromEntries(needs.filter(([, reason]) => reason));
  }

  #presets() {
    const { engine, params, settings } = this.config;
    const all = [...this.workload.presets, { key: '', engine, values: {} }];
    const isSet = (preset) => preset.engine === engine
      && this.workload.params.every(({ key, defaults }) => params[key] === (preset.values[key] ?? defaults[engine].text))
      && Object.entries(preset.values).every(([key, value]) => key in params || settings[key] === value);
    return all.filter(isSet).map(({ key }) => key);
  }

  set(options) {
    Object.assign(this.look, options);
    this.#changed();
  }

  transcript(lang) {
    return this.run.steps.map((step, at) => `${at + 1}. ${step[lang]}\n`).join('');
  }

  ask(request) {
    this.asked.push(request);
    const sentence = this.#carryOut(request);
    this.#changed();
    return sentence;
  }

  #carryOut(request) {
    if (request.configure) this.#configure({ engine: 'live', ...Object.fromEntries(new URLSearchParams(request.configure)) });
    else if (request.set) return this.#set(request.set);
    else return this.#act(request.do);
    return '';
  }

  #set({ workload, engine, preset, ...values }) {
    const { config } = this;
    if (workload) this.#configure({ workload, engine: config.engine });
    else if (preset) {
      const found = this.workload.presets.find(({ key }) => key === preset);
      this.#configure({ workload: config.workload, engine: found.engine, ...found.values });
    } else if (engine) this.#configure({ workload: config.workload, engine });
    for (const [key, value] of Object.entries(values)) {
      const sentence = this.#setValue(key, value);
      if (sentence) return sentence;
    }
    return '';
  }

  #setValue(key, value) {
    const { settings } = this.catalogue.engines.find((engine) => engine.key === this.config.engine);
    const spec = [...this.workload.params, ...settings].find((one) => one.key === key);
    const number = Number(value);
    const isIn = value !== '' && Number.isInteger(number) && number >= spec.min && number <= spec.max;
    const whole = spec.kind !== 'integer' || isIn;
    const duration = spec.kind !== 'duration' || /^\d+(\.\d+)?(ns|us|ms|s)$/.test(value);
    if (!whole) return notWhole[this.look.lang](spec, value);
    if (!duration) return noDuration[this.look.lang](spec);
    // As the program prints it.
    const printed = spec.kind === 'duration' ? value.replace(/^(\d+)000us$/, '$1ms') : value;
    this.config[key in this.config.params ? 'params' : 'settings'][key] = printed;
    this.#back();
    return '';
  }

  #act(what) {
    const { run } = this;
    if (what === 'reset') this.#back();
    if (what === 'back') run.cursor = Math.max(0, run.cursor - 1);
    if (what === 'forward') this.#forward();
    if (what === 'run') this.#runToEnd();
    if (what === 'stop') Object.assign(run, { phase: 'finished', outcome: this.#outcome(0) });
    this.status = run.steps[run.cursor - 1] ?? '';
    return '';
  }

  #forward() {
    const { run } = this;
    if (run.cursor === run.steps.length) {
      if (run.phase === 'finished') return;
      const who = run.steps.length % 2 === 0 ? 'A' : 'B';
      run.steps.push({ en: `${who} reads count`, ko: `${who}이(가) count를 읽는다` });
      run.phase = 'paused';
    }
    run.cursor += 1;
  }

  #runToEnd() {
    this.history = (this.history ?? 0) + 1;
    if (this.config.engine === 'explore') this.run.exploration = this.#report();
    if (this.holds) return void Object.assign(this.run, { phase: 'running', progress: 0.4 });
    if (this.config.engine === 'sim') while (this.run.steps.length < 8) this.#forward();
    const lost = this.config.params.lock === 'none' ? 3 : 0;
    const race = this.config.engine === 'sim' ? races : null;
    Object.assign(this.run, { phase: 'finished', progress: 1, outcome: this.#outcome(lost), race });
  }

  #outcome(lost) {
    const threads = Number(this.config.params.threads ?? 2);
    return {
      verdict: lost > 0 ? 'failure' : 'ok',
      headline: { en: `${lost} updates were lost`, ko: `갱신 ${lost}개가 사라졌습니다` },
      sentence: { en: 'Another thread had written in between.', ko: '그 사이에 다른 스레드가 썼습니다.' },
      figures: this.config.engine === 'explore' ? { executions: 34, failures: 20 } : { expected: threads * 1000, found: threads * 1000 - lost, lost },
    };
  }

  #report() {
    return {
      executions: 34, failures: 20, hangs: 0, exhausted: true, schedule: 'A2B3A',
      histogram: [{ value: 2, executions: 20, failure: true }, { value: 4, executions: 14, failure: false }],
      story,
    };
  }

  // As App.follow does it, without its limit of four times a second.
  #changed() {
    this.frame += 1;
    this.listener(this.state());
  }
}
