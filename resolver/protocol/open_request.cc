#include "protocol/open_request.h"

#include <utility>
#include <vector>

#include "engine/conda.h"
#include "engine/plain.h"
#include "engine/pypi_solve.h"
#include "wire/conda_request.h"
#include "wire/plain_json.h"
#include "wire/pypi_request.h"

namespace accord::protocol {
namespace {

class OpenPlainRequest final : public OpenRequest {
 public:
  explicit OpenPlainRequest(engine::PlainRequest request) : request_(std::move(request)) {}

  engine::Solve& SolveOver(const UniverseState& state, const Manner& manner) override {
    const SharedPlainFacts& facts = std::get<SharedPlainFacts>(state.facts);
    if (solve_ == nullptr || !solve_->SetFacts(facts)) {
      solve_ =
          std::make_unique<engine::PlainSolve>(facts, request_, manner.questions, manner.options);
    }
    return *solve_;
  }
  wire::AnswerFrame frame() const override {
    return {.ecosystem = "plain", .strategy = "cdcl", .channels = {}};
  }

 private:
  const engine::PlainRequest request_;
  std::unique_ptr<engine::PlainSolve> solve_;
};

class OpenPypiRequest final : public OpenRequest {
 public:
  explicit OpenPypiRequest(pypi::ResolveRequest request) : request_(std::move(request)) {}

  engine::Solve& SolveOver(const UniverseState& state, const Manner& manner) override {
    const SharedPypiFacts& facts = std::get<SharedPypiFacts>(state.facts);
    if (solve_ == nullptr || corpora_ != state.sources || !solve_->SetFacts(facts)) {
      corpora_ = state.sources;
      solve_ = std::make_unique<engine::PypiSolve>(facts, corpora_, request_, manner.questions,
                                                   manner.options);
    }
    return *solve_;
  }
  wire::AnswerFrame frame() const override {
    return {.ecosystem = "pypi", .strategy = "cdcl", .request = &request_, .channels = {}};
  }

 private:
  const pypi::ResolveRequest request_;
  std::vector<SharedSource> corpora_;
  std::unique_ptr<engine::PypiSolve> solve_;
};

class OpenCondaRequest final : public OpenRequest {
 public:
  explicit OpenCondaRequest(conda::ResolveRequest request) : request_(std::move(request)) {}

  engine::Solve& SolveOver(const UniverseState& state, const Manner& manner) override {
    const SharedCondaFacts& facts = std::get<SharedCondaFacts>(state.facts);
    if (solve_ == nullptr || !solve_->SetFacts(facts)) {
      solve_ =
          std::make_unique<engine::CondaSolve>(facts, request_, manner.questions, manner.options);
    }
    return *solve_;
  }
  wire::AnswerFrame frame() const override {
    return {.ecosystem = "conda", .strategy = "cdcl", .conda_request = &request_, .channels = {}};
  }

 private:
  const conda::ResolveRequest request_;
  std::unique_ptr<engine::CondaSolve> solve_;
};

absl::StatusOr<std::unique_ptr<OpenRequest>> ReadFor(const SharedPlainFacts&, const Asked& asked) {
  absl::StatusOr<engine::PlainRequest> request =
      wire::ReadPlainRequest(asked.params, /*closed_by_default=*/false);
  if (!request.ok()) return request.status();
  return std::make_unique<OpenPlainRequest>(*std::move(request));
}

absl::StatusOr<std::unique_ptr<OpenRequest>> ReadFor(const SharedPypiFacts&, const Asked& asked) {
  absl::StatusOr<pypi::ResolveRequest> request =
      wire::ReadPypiRequest(asked.params, asked.now_unix_s);
  if (!request.ok()) return request.status();
  return std::make_unique<OpenPypiRequest>(*std::move(request));
}

absl::StatusOr<std::unique_ptr<OpenRequest>> ReadFor(const SharedCondaFacts&, const Asked& asked) {
  absl::StatusOr<conda::ResolveRequest> request =
      wire::ReadCondaRequest(asked.params, asked.now_unix_s);
  if (!request.ok()) return request.status();
  return std::make_unique<OpenCondaRequest>(*std::move(request));
}

}  // namespace

absl::StatusOr<std::unique_ptr<OpenRequest>> ReadOpenRequest(const Asked& asked) {
  return std::visit([&](const auto& facts) { return ReadFor(facts, asked); },
                    asked.universe->facts);
}

}  // namespace accord::protocol
