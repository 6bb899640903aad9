// What only the form beside the canvas says, in both languages. Where the canvas has words for a thing, the form has
// the same words, out of the program (src/app/form_json.h). What workloads say comes from there, too.

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
  preset: { en: 'Preset', ko: '미리 고른 설정' },
  ownValues: { en: 'Own values', ko: '직접 고른 값' },

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

  actions: { en: 'Run and step', ko: '실행과 단계' },
  forward: { en: 'Step forward', ko: '한 단계 앞으로' },

  nextThread: { en: 'Next thread', ko: '다음 스레드' },
  nextThreadHint: { en: 'Who takes the next step.', ko: '다음 단계를 누가 갈지 고릅니다.' },
  byPolicy: { en: 'By the policy', ko: '정책대로' },

  paused: { en: 'Paused', ko: '멈춰 있음' },
  finished: { en: 'Finished', ko: '끝남' },
  atStep: { en: '{phase}, step {cursor} of {count}', ko: '{phase}, {count}단계 중 {cursor}단계' },
  progress: { en: 'Progress', ko: '진행' },
  figures: { en: 'Figures', ko: '수치' },
  race: {
    en: '{variable}: {first} at step {firstStep}, {second} at step {secondStep}',
    ko: '{variable}: {firstStep}단계의 {first}, {secondStep}단계의 {second}',
  },

  search: { en: 'Found so far', ko: '지금까지 찾은 것' },
  executions: { en: 'Executions that differ', ko: '서로 다른 실행' },
  failures: { en: 'Go wrong', ko: '잘못됨' },
  hangs: { en: 'Hang', ko: '멈춰 버림' },
  outcomes: { en: 'What came out, and how often', ko: '나온 값과 그 횟수' },
  value: { en: 'Value', ko: '나온 값' },
  howOften: { en: 'Executions', ko: '실행 수' },
  lesson: { en: 'The lesson about this', ko: '이 작업을 다루는 수업' },
  atRandom: { en: 'Chance at random', ko: '무작위일 때 확률' },
  judged: { en: 'Verdict', ko: '판정' },
  wrong: { en: 'wrong', ko: '잘못됨' },
  right: { en: 'right', ko: '맞음' },

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
};

// All that the form says, once the program's catalogue is there.
export const wordsOf = ({ texts }) => ({ ...mirrorMessages, ...texts });
