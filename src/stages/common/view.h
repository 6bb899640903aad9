// What every stage is made of: whatever the view has, by its plain name.
#pragma once

#include "core/params.h"
#include "view/model.h"
#include "view/run/run_view.h"

namespace interleave::stages {

using namespace view;

// The parameters of the run that is shown, or to come, as the workload W declares them. It builds the declarations, so
// that a scene keeps what it was made with.
template <class W>
[[nodiscard]] typename W::Params params_of(const Model& model) {
  return params_from<typename W::Params>(model.params.values);
}

}  // namespace interleave::stages
