// OpenGL ES 3 as this program uses it. On the desktop the same names reach a core context of OpenGL 3.3.
#pragma once

#include <GLES3/gl3.h>
