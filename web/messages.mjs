// Everything that the page itself says, once, in both languages. What the app says comes from the program.

export const messages = {
  title: { en: 'Interleave: a concurrency playground', ko: 'Interleave: 동시성 놀이터' },
  canvas: {
    en: 'The playground. Everything in it is also a form and text: press Escape, then Tab.',
    ko: '놀이터. 같은 조작과 결과가 양식과 글로도 있습니다. Escape를 누른 뒤 Tab을 누르세요.',
  },

  loading: { en: 'Loading…', ko: '불러오는 중…' },
  downloading: { en: 'Downloading the program…', ko: '프로그램을 내려받는 중…' },
  downloaded: { en: '{done} of {total} MB', ko: '{total}MB 중 {done}MB' },
  downloadedSoFar: { en: '{done} MB so far', ko: '지금까지 {done}MB' },
  compiling: { en: 'Compiling…', ko: '컴파일하는 중…' },
  startingThreads: { en: 'Starting threads…', ko: '스레드를 시작하는 중…' },
  starting: { en: 'Starting…', ko: '시작하는 중…' },

  fragmentDamaged: {
    en: 'The text behind the # of the address is damaged, and left out: everything else is as the address says. Ask for the link again, or put the text in once more.',
    ko: '주소의 # 뒤에 있는 글이 깨져서 뺐습니다. 나머지는 주소에 적힌 그대로입니다. 링크를 다시 받거나 글을 다시 넣어 주세요.',
  },
  fragmentTooLong: {
    en: 'The text behind the # of the address is too long, and left out: at most 65,536 bytes are read.',
    ko: '주소의 # 뒤에 있는 글이 너무 길어서 뺐습니다. 65,536바이트까지 읽습니다.',
  },
  fragmentUnreadable: {
    en: 'The text behind the # of the address is compressed, which this browser cannot read. It is left out; a browser of 2023 or later reads it.',
    ko: '주소의 # 뒤에 있는 글은 압축되어 있는데 이 브라우저에서는 읽을 수 없어 뺐습니다. 2023년 이후의 브라우저에서는 읽을 수 있습니다.',
  },

  retry: { en: 'Try again', ko: '다시 시도' },
  reload: { en: 'Reload the page', ko: '새로 고침' },

  noWebAssembly: {
    title: { en: 'WebAssembly is missing', ko: 'WebAssembly가 없습니다' },
    text: {
      en: 'Interleave is a WebAssembly program, and this browser has WebAssembly switched off or does not know it. Please switch it on, or open the page in a current browser.',
      ko: 'Interleave는 WebAssembly 프로그램인데, 이 브라우저에서는 WebAssembly가 꺼져 있거나 지원되지 않습니다. 기능을 켜거나 최신 브라우저로 열어 주세요.',
    },
  },
  oldWebAssembly: {
    title: { en: 'This browser is too old', ko: '브라우저가 너무 오래되었습니다' },
    text: {
      en: 'Interleave needs WebAssembly with exceptions, which browsers have had since 2022. Please open the page in a current browser.',
      ko: 'Interleave에는 예외 처리를 지원하는 WebAssembly가 필요합니다. 2022년 이후의 브라우저라면 됩니다. 최신 브라우저로 열어 주세요.',
    },
  },
  noWebGL: {
    title: { en: 'WebGL 2 is missing', ko: 'WebGL 2가 없습니다' },
    text: {
      en: 'Interleave draws with WebGL 2, and this browser offers none. Hardware acceleration may be switched off in its settings; otherwise another browser may help.',
      ko: 'Interleave는 WebGL 2로 그리는데, 이 브라우저에서는 쓸 수 없습니다. 설정에서 하드웨어 가속이 꺼져 있는지 확인하거나 다른 브라우저로 열어 주세요.',
    },
  },
  downloadFailed: {
    title: { en: 'The download failed', ko: '내려받지 못했습니다' },
    text: {
      en: 'The program could not be downloaded. Please check the connection and try again.',
      ko: '프로그램을 내려받지 못했습니다. 연결을 확인하고 다시 시도해 주세요.',
    },
  },
  startFailed: {
    title: { en: 'The program did not start', ko: '프로그램이 시작되지 않았습니다' },
    text: {
      en: 'The program was downloaded, but this browser could not start it. Reloading may help; a current browser will.',
      ko: '프로그램은 내려받았지만 이 브라우저에서 시작하지 못했습니다. 새로 고치거나 최신 브라우저로 열어 주세요.',
    },
  },
  stopped: {
    title: { en: 'The program has stopped', ko: '프로그램이 멈췄습니다' },
    text: {
      en: 'Something went wrong inside the program, and it cannot go on. The button opens the page again with your settings.',
      ko: '프로그램 안에서 문제가 생겨 더 진행할 수 없습니다. 단추를 누르면 지금 설정 그대로 페이지를 다시 엽니다.',
    },
  },
  outOfMemory: {
    title: { en: 'The memory is full', ko: '메모리가 가득 찼습니다' },
    text: {
      en: 'This needs more memory than the program may have, so it cannot go on. The button opens the page again with your settings; smaller values need less.',
      ko: '프로그램이 쓸 수 있는 것보다 많은 메모리가 필요해서 더 진행할 수 없습니다. 단추를 누르면 지금 설정 그대로 페이지를 다시 엽니다. 값을 줄이면 메모리도 덜 듭니다.',
    },
  },
  contextLost: {
    title: { en: 'The graphics were lost', ko: '그래픽이 끊겼습니다' },
    text: {
      en: 'The browser took the graphics away from this page, as it may when a machine wakes up or its memory runs short. Reload to go on.',
      ko: '브라우저가 이 페이지의 그래픽을 거두어 갔습니다. 기기가 절전에서 깨어나거나 메모리가 모자랄 때 생기는 일입니다. 새로 고치면 이어집니다.',
    },
  },
  badParameter: {
    en: '"{key}" must be one of {allowed}, not "{given}".',
    ko: '"{key}"에는 {allowed} 가운데 하나를 써야 합니다. "{given}"은(는) 쓸 수 없습니다.',
  },

  close: { en: 'Close', ko: '닫기' },
  copy: { en: 'Copy', ko: '복사' },
  copied: { en: 'Copied', ko: '복사함' },
  copyByKey: { en: 'Press Ctrl+C', ko: 'Ctrl+C로 복사' },
  shareTitle: { en: 'Share what you see', ko: '지금 보는 것 공유하기' },
  shareNote: {
    en: 'The settings, the engine, the seed or the order of steps. The checksum {sum} goes along: where a later version gives something else, the link says so.',
    ko: '설정과 엔진, 시드 또는 단계의 순서까지 담습니다. 확인값 {sum}도 함께 넣어 두므로, 뒤의 버전에서 결과가 달라지면 링크가 그렇다고 알려 줍니다.',
  },
  share: {
    link: { en: 'Link', ko: '링크' },
    element: { en: 'For a page: two lines', ko: '웹 페이지에 넣을 두 줄' },
    frame: { en: 'For a page without scripts: a frame', ko: '스크립트를 쓸 수 없는 페이지에는 프레임' },
    command: { en: 'Command line', ko: '명령줄' },
  },
  noHangul: {
    en: 'The Korean font could not be downloaded, so the playground stays in English. {detail}',
    ko: '한글 글꼴을 내려받지 못해 영어로 표시합니다. {detail}',
  },
  retryHangul: { en: 'Try Korean again', ko: '한국어로 다시 시도' },
  renewed: { en: 'A newer version of this page is ready.', ko: '이 페이지의 새 버전이 준비되었습니다.' },
  withThreads: { en: 'Run with real threads', ko: '실제 스레드로 실행' },

  // Why Live is switched off.
  noThreads: {
    notIsolated: {
      en: 'Live needs shared memory, which browsers give only to an isolated page, and this one was served without the headers for that. Simulate and Explore work.',
      ko: '실제 스레드에는 공유 메모리가 필요한데, 브라우저는 격리된 페이지에만 이를 허락합니다. 이 페이지는 격리에 필요한 헤더 없이 전달되었습니다. 시뮬레이션과 탐색은 그대로 쓸 수 있습니다.',
    },
    embedded: {
      en: 'In a page of somebody else\'s, this browser gives no shared memory, which real threads need. Simulate and Explore work here; in a tab of its own, Live does too.',
      ko: '이 브라우저는 다른 페이지 안에 든 화면에 공유 메모리를 주지 않아서 실제 스레드를 쓸 수 없습니다. 시뮬레이션과 탐색은 여기서 되고, 새 탭에서 열면 실제 스레드도 됩니다.',
    },
    insecure: {
      en: 'Live needs shared memory, which browsers give only to pages that came over HTTPS or from this machine. Simulate and Explore work.',
      ko: '실제 스레드에는 공유 메모리가 필요한데, 브라우저는 HTTPS나 이 기기에서 온 페이지에만 이를 허락합니다. 시뮬레이션과 탐색은 그대로 쓸 수 있습니다.',
    },
    noSharedMemory: {
      en: 'Live needs shared memory (SharedArrayBuffer), and this browser has none. Simulate and Explore work.',
      ko: '실제 스레드에는 공유 메모리(SharedArrayBuffer)가 필요한데, 이 브라우저에는 없습니다. 시뮬레이션과 탐색은 그대로 쓸 수 있습니다.',
    },
    noWorker: {
      en: 'Live needs a worker that can wait for shared memory, and in this browser none answered. Simulate and Explore work.',
      ko: '실제 스레드에는 공유 메모리를 기다릴 수 있는 워커가 필요한데, 이 브라우저에서는 응답하지 않았습니다. 시뮬레이션과 탐색은 그대로 쓸 수 있습니다.',
    },
    notStarted: {
      en: 'Live needs all of its threads at once, and in this browser they did not start. Simulate and Explore work.',
      ko: '실제 스레드는 모두 한꺼번에 시작되어 있어야 하는데, 이 브라우저에서는 시작되지 않았습니다. 시뮬레이션과 탐색은 그대로 쓸 수 있습니다.',
    },
    noWasmThreads: {
      en: 'Live needs threads in WebAssembly, and this browser has none. Simulate and Explore work.',
      ko: '실제 스레드에는 WebAssembly 스레드가 필요한데, 이 브라우저는 지원하지 않습니다. 시뮬레이션과 탐색은 그대로 쓸 수 있습니다.',
    },
  },
};

// The pair's text in the language, with every {name} replaced.
export function words(pair, lang, values = {}) {
  return pair[lang].replace(/\{(\w+)\}/g, (_, name) => String(values[name]));
}
