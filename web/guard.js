// Shows the one sentence that needs no module where our modules do not load: a file is missing, or the browser
// knows no modules. A classic script in the oldest syntax, so that it runs where they do not.
(function () {
  'use strict';

  function tell() {
    document.getElementById('loading').hidden = true;
    document.getElementById('broken').hidden = false;
  }
  function whenParsed(act) {
    if (document.readyState === 'loading') document.addEventListener('DOMContentLoaded', act);
    else act();
  }

  // A script that does not load, or imports one that does not, says so with an event that does not bubble.
  window.addEventListener('error', function (event) {
    if (event.target && event.target.tagName === 'SCRIPT') whenParsed(tell);
    // A syntax that this browser does not know: main.mjs never got to take the page over.
    else if (!document.documentElement.hasAttribute('data-taken')) whenParsed(tell);
  }, true);

  if (!('noModule' in document.createElement('script'))) whenParsed(tell);
})();
