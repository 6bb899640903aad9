// What the form beside the canvas says itself, in both languages. Where the canvas has words for a thing, these are the
// same words (src/view/messages.h). What workloads say comes from the catalogue.

export const mirrorMessages = {
  entry: { en: 'Controls as a form', ko: '양식으로 조작' },
  close: { en: 'Close', ko: '닫기' },
  loading: { en: 'Loading…', ko: '불러오는 중…' },
  failed: {
    en: 'The form could not be loaded. Close it and open it again to try once more.',
    ko: '양식을 불러오지 못했습니다. 닫았다가 다시 열면 한 번 더 불러옵니다.',
  },

  workload: { en: 'Workload', ko: '작업' },
  engine: { en: 'Engine', ko: '엔진' },
  engines: {
    live: { en: 'On real threads of this machine.', ko: '이 기기의 실제 스레드에서 돌립니다.' },
    sim: {
      en: 'One thread, virtual time, the same on every machine; can be stepped.',
      ko: '가상 시간으로, 어느 기기에서나 똑같이. 한 단계씩 볼 수 있습니다.',
    },
    explore: {
      en: 'Every order that matters, and the shortest that goes wrong.',
      ko: '결과가 달라질 수 있는 모든 순서와, 잘못되는 가장 짧은 순서.',
    },
  },
  preset: { en: 'Preset', ko: '미리 고른 설정' },
  ownValues: { en: 'Own values', ko: '직접 고른 값' },
  defaults: { en: 'Defaults', ko: '기본값' },

  settings: { en: 'Settings', ko: '설정' },
  more: { en: 'More settings', ko: '더 보기' },
  range: { en: '{min} to {max}.', ko: '{min}부터 {max}까지.' },
  duration: {
    en: '{min} to {max}; with a unit: ns, us, ms or s.',
    ko: '{min}부터 {max}까지. 단위(ns, us, ms, s)를 붙입니다.',
  },
  bytes: { en: 'At most {max} bytes.', ko: '{max}바이트까지.' },
  tooLong: {
    en: '{label} is {bytes} bytes long; at most {max} are allowed.',
    ko: '‘{label}’이(가) {bytes}바이트입니다. {max}바이트까지 쓸 수 있습니다.',
  },
  wholeNumber: {
    en: '{label} needs a whole number from {min} to {max}.',
    ko: '‘{label}’에는 {min}부터 {max}까지의 정수를 적어 주세요.',
  },
  atNextRun: { en: 'Takes effect at the next run.', ko: '다음 실행부터 적용됩니다.' },

  actions: { en: 'Run and step', ko: '실행과 단계' },
  run: { en: 'Run', ko: '실행' },
  stop: { en: 'Stop', ko: '멈춤' },
  reset: { en: 'Reset', ko: '처음으로' },
  back: { en: 'Step back', ko: '한 단계 뒤로' },
  step: { en: 'Step', ko: '한 단계' },
  forward: { en: 'Step forward', ko: '한 단계 앞으로' },

  nextThread: { en: 'Next thread', ko: '다음 스레드' },
  nextThreadHint: { en: 'Who takes the next step.', ko: '다음 단계를 누가 갈지 고릅니다.' },
  byPolicy: { en: 'By the policy', ko: '정책대로' },

  result: { en: 'Result', ko: '결과' },
  idle: { en: 'Nothing has been run yet.', ko: '아직 실행하지 않았습니다.' },
  starting: { en: 'Starting', ko: '시작하는 중' },
  running: { en: 'Running', ko: '실행 중' },
  paused: { en: 'Paused', ko: '멈춰 있음' },
  finished: { en: 'Finished', ko: '끝남' },
  atStep: { en: '{phase}, step {cursor} of {count}', ko: '{phase}, {count}단계 중 {cursor}단계' },
  progress: { en: 'Progress', ko: '진행' },
  couldNotRun: { en: 'This cannot run', ko: '실행할 수 없습니다' },
  figures: { en: 'Figures', ko: '수치' },
  race: {
    en: '{variable}: {first} at step {firstStep}, {second} at step {secondStep}',
    ko: '{variable}: {firstStep}단계의 {first}, {secondStep}단계의 {second}',
  },
  tryNext: { en: 'Try next', ko: '맞혀 보기' },

  search: { en: 'Found so far', ko: '지금까지 찾은 것' },
  executions: { en: 'Executions that differ', ko: '서로 다른 실행' },
  failures: { en: 'Go wrong', ko: '잘못됨' },
  hangs: { en: 'Hang', ko: '멈춰 버림' },
  exhausted: {
    en: 'Every order that matters was run: what holds here is proved for this configuration.',
    ko: '달라질 수 있는 순서를 모두 돌려 보았습니다. 이 설정에서는 이것이 증명입니다.',
  },
  exhaustedFailing: {
    en: 'Every order that matters was run, so these are all the failures there are.',
    ko: '달라질 수 있는 순서를 모두 돌려 보았습니다. 잘못되는 것은 이게 전부입니다.',
  },
  notExhausted: {
    en: 'The search has not come to its end: what was not found is not disproved.',
    ko: '아직 끝까지 찾지 않았습니다. 못 찾았다고 없는 것은 아닙니다.',
  },
  outcomes: { en: 'What came out, and how often', ko: '나온 값과 그 횟수' },
  value: { en: 'Value', ko: '나온 값' },
  howOften: { en: 'Executions', ko: '실행 수' },
  lesson: { en: 'The lesson about this', ko: '이 작업을 다루는 수업' },
  atRandom: { en: 'Chance at random', ko: '무작위일 때 확률' },
  judged: { en: 'Verdict', ko: '판정' },
  wrong: { en: 'wrong', ko: '잘못됨' },
  right: { en: 'right', ko: '맞음' },
  shortest: { en: 'The shortest that goes wrong', ko: '가장 짧게 잘못되는 순서' },
  schedule: { en: 'Schedule', ko: '일정' },
  watch: { en: 'Watch it step by step', ko: '한 단계씩 보기' },

  transcript: { en: 'Transcript', ko: '실행 기록' },
  noTranscript: { en: 'No step has been taken yet.', ko: '아직 단계가 없습니다.' },
  moreLines: {
    en: '{count} more lines are left out here; Copy takes them all.',
    ko: '여기서 줄인 {count}줄도 ‘복사’에는 모두 들어갑니다.',
  },
  copy: { en: 'Copy', ko: '복사' },
  copied: { en: 'Copied.', ko: '복사했습니다.' },
  copyByHand: {
    en: 'The browser does not let the page copy. What is shown is selected: copy it yourself.',
    ko: '이 브라우저에서는 페이지가 복사할 수 없습니다. 보이는 글을 선택해 두었으니 직접 복사해 주세요.',
  },

  page: { en: 'Page', ko: '페이지' },
  language: { en: 'Language', ko: '언어' },
  theme: { en: 'Theme', ko: '테마' },
  light: { en: 'Light', ko: '밝게' },
  dark: { en: 'Dark', ko: '어둡게' },
  share: { en: 'Share', ko: '공유' },
  shareHint: { en: 'Copies a link to exactly this configuration.', ko: '지금 설정 그대로 열리는 주소를 복사합니다.' },
};
