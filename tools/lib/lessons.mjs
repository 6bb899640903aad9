export function renderLessons() {
  return [];
}
