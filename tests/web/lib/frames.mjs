// Waiting in the browser's own time: a machine that is slow to draw is given more of it.

// Resolves when the page could have drawn so many frames. Where there is nothing to draw it could have all the same.
export function frames(page, count) {
  return page.evaluate((wanted) => new Promise((resolve) => {
    let left = wanted;
    const next = () => {
      left -= 1;
      if (left < 0) resolve();
      else requestAnimationFrame(next);
    };
    next();
  }), count);
}
