#include "cli/json_output.h"

namespace interleave::cli {

using session::Json;

std::string sweep_json(const session::Sweep& sweep, std::span<const SweepPoint> points, const session::Host& host,
                       Language language) {
  Json out{{"format", session::json_format}, {"workload", points.front().records.front().setup.workload().id}};
  out["sweep"] = {{"key", sweep.spec.key}, {"points", Json::array()}};
  for (const SweepPoint& point : points) {
    Json entry{{"value", print_value(sweep.spec, point.value)}};
    entry.update(session::records_json(point.records, language));
    out["sweep"]["points"].push_back(std::move(entry));
  }
  out["machine"] = session::machine_json(host);
  return session::text_of(out);
}

}  // namespace interleave::cli
