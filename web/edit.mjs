// A text field over the canvas where the program wants a value typed: the browser's own has letters composed of several
// (Hangul), the clipboard, and a touch screen's keyboard, none of which a canvas gets.

export function editOver(app, canvas) {
  document.addEventListener('interleave-edit', ({ detail: { key, value, lines = 1, rect: [x, y, w, h] } }) => {
    const field = document.createElement(lines > 1 ? 'textarea' : 'input');
    field.className = 'edit';
    field.value = value;
    field.autocomplete = 'off';
    field.spellcheck = false;
    field.setAttribute('aria-label', app.state().nodes.find((node) => node.key === key)?.label ?? key);
    Object.assign(field.style, { left: `${x}px`, top: `${y}px`, width: `${w}px`, height: `${h}px` });
    let open = true;
    const leave = (text, back) => {
      if (!open) return;
      open = false;
      app.answerEdit(text);
      field.remove();
      if (back) canvas.focus({ preventScroll: true });
    };
    field.addEventListener('keydown', (event) => {
      // None of these keys is the program's meanwhile; and Enter may end a composed letter only.
      event.stopPropagation();
      if (event.isComposing) return;
      if (event.key === 'Enter' && (lines === 1 || event.ctrlKey || event.metaKey)) leave(field.value, true);
      if (event.key === 'Escape') leave(null, true);
    });
    field.addEventListener('blur', () => leave(field.value, false));
    document.body.append(field);
    field.focus({ preventScroll: true });
    field.select();
  });
}
