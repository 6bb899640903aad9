/* Our SDL for the web has no game controllers, no renderer of its own and no pixels in memory. Dear ImGui's back end
   and SDL's windows and cursors refer to these functions all the same, without ever needing them. */
#include <EGL/egl.h>
#include <SDL_gamecontroller.h>
#include <SDL_render.h>

SDL_GameController* SDL_GameControllerOpen(int index) {
  (void)index;
  return NULL;
}

Uint8 SDL_GameControllerGetButton(SDL_GameController* controller, SDL_GameControllerButton button) {
  (void)controller;
  (void)button;
  return 0;
}

Sint16 SDL_GameControllerGetAxis(SDL_GameController* controller, SDL_GameControllerAxis axis) {
  (void)controller;
  (void)axis;
  return 0;
}

SDL_Renderer* SDL_GetRenderer(SDL_Window* window) {
  (void)window;
  return NULL;
}

int SDL_GetRendererOutputSize(SDL_Renderer* renderer, int* width, int* height) {
  (void)renderer;
  *width = 0;
  *height = 0;
  return -1;
}

void SDL_DestroyRendererWithoutFreeing(SDL_Renderer* renderer) { (void)renderer; }

int SDL_CalculateBlit(SDL_Surface* surface) {
  (void)surface;
  return -1;
}

int SDL_RLESurface(SDL_Surface* surface) {
  (void)surface;
  return -1;
}

void SDL_UnRLESurface(SDL_Surface* surface, int recode) {
  (void)surface;
  (void)recode;
}

int Emscripten_CreateWindowFramebuffer(void* device, SDL_Window* window, Uint32* format, void** pixels, int* pitch) {
  (void)device;
  (void)window;
  (void)format;
  (void)pixels;
  (void)pitch;
  return -1;
}

int Emscripten_UpdateWindowFramebuffer(void* device, SDL_Window* window, const SDL_Rect* rects, int count) {
  (void)device;
  (void)window;
  (void)rects;
  (void)count;
  return -1;
}

void Emscripten_DestroyWindowFramebuffer(void* device, SDL_Window* window) {
  (void)device;
  (void)window;
}

/* Nobody asks for a function by its name, for which a page would carry every function of OpenGL. */
__eglMustCastToProperFunctionPointerType eglGetProcAddress(const char* name) {
  (void)name;
  return NULL;
}
