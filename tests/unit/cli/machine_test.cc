// This machine, asked by programs that the tests bring.
#include "cli/machine.h"

#include <gtest/gtest.h>

#include <fstream>
#include <string>

#include "tests/unit/cli/programs.h"

namespace accord::cli {
namespace {

class MachineTest : public Programs {
 protected:
  conda::Machine Ask(const MachineQuestions& questions = {}) const {
    return AskMachine(Folder(), questions);
  }
  // Where a program hangs.
  conda::Machine AskShortly() const { return AskMachine(Folder(), {}, kShort); }
  // A script that says so and notes that it was run.
  void Says(const std::string& name, const std::string& lines) {
    Script(name, "echo \"$@\" >>" + Path(name + ".asked") + "\n" + lines);
  }
  // What a script of Says was run with, a line each time.
  std::string AskedOf(const std::string& name) const {
    std::ifstream in(Path(name + ".asked"));
    return {std::istreambuf_iterator<char>(in), {}};
  }
};

TEST_F(MachineTest, TheKernelIsThatOfThisMachine) { EXPECT_FALSE(Ask().kernel.empty()); }

TEST_F(MachineTest, TheFlagsAreThoseOfTheFirstProcessor) {
  std::ifstream processors("/proc/cpuinfo");
  const std::string all{std::istreambuf_iterator<char>(processors), {}};
  const std::string flags = Ask().processor;
  EXPECT_NE(all.find(flags), std::string::npos);
  EXPECT_EQ(flags.empty(), all.find("flags") == std::string::npos);
}

TEST_F(MachineTest, GetconfIsAskedForTheCLibrary) {
  Says("getconf", "echo glibc 2.36");
  Says("ldd", "echo ldd");
  EXPECT_EQ(Ask().libc, "glibc 2.36\n");
  EXPECT_EQ(AskedOf("getconf"), "GNU_LIBC_VERSION\n");
  EXPECT_EQ(AskedOf("ldd"), "");
}

TEST_F(MachineTest, LddIsAskedWhereGetconfDoesNotAnswer) {
  Says("ldd", "echo 'ldd (GNU libc) 2.34'");
  EXPECT_EQ(Ask().libc, "ldd (GNU libc) 2.34\n");
  EXPECT_EQ(AskedOf("ldd"), "--version\n");
  Script("getconf", "exit 1");
  EXPECT_EQ(Ask().libc, "ldd (GNU libc) 2.34\n");
  Script("getconf", "sleep 60");
  EXPECT_EQ(AskShortly().libc, "ldd (GNU libc) 2.34\n");
}

TEST_F(MachineTest, WhereBothFailThereIsAnotherCLibrary) {
  Script("getconf", "exit 1");
  EXPECT_EQ(Ask().libc, "");
  Script("ldd", "echo musl >&2; exit 1");
  EXPECT_EQ(Ask().libc, "");
}

TEST_F(MachineTest, WhereNobodyAnswersTheCLibraryIsNotKnown) {
  EXPECT_EQ(Ask().libc, std::nullopt);
  Script("ldd", "sleep 60");
  EXPECT_EQ(AskShortly().libc, std::nullopt);
}

TEST_F(MachineTest, TheDriverIsAskedForCudaAndItsDevices) {
  Says("nvidia-smi", "case $1 in -q) echo xml;; *) echo 8.6;; esac");
  const conda::Machine machine = Ask();
  EXPECT_EQ(machine.cuda, "xml\n");
  EXPECT_EQ(machine.cuda_archs, "8.6\n");
  EXPECT_EQ(AskedOf("nvidia-smi"), "-q -u -x\n--query-gpu=compute_cap --format=csv,noheader\n");
}

TEST_F(MachineTest, WithoutADriverThereAreNoDevices) {
  Says("nvidia-smi", "exit 9");
  const conda::Machine machine = Ask();
  EXPECT_EQ(machine.cuda, "");
  EXPECT_EQ(machine.cuda_archs, "");
  EXPECT_EQ(AskedOf("nvidia-smi"), "-q -u -x\n");
}

TEST_F(MachineTest, AnOldDriverMayNotKnowItsDevices) {
  Says("nvidia-smi", "case $1 in -q) echo xml;; *) exit 2;; esac");
  const conda::Machine machine = Ask();
  EXPECT_EQ(machine.cuda, "xml\n");
  EXPECT_EQ(machine.cuda_archs, "");
}

TEST_F(MachineTest, NobodyIsAskedWhatIsKnown) {
  for (const char* name : {"getconf", "ldd", "nvidia-smi"}) Says(name, "echo");
  const conda::Machine machine = Ask({.libc = false, .cuda = false, .cuda_archs = false});
  EXPECT_EQ(machine.libc, std::nullopt);
  for (const char* name : {"getconf", "ldd", "nvidia-smi"}) EXPECT_EQ(AskedOf(name), "") << name;
}

TEST_F(MachineTest, DevicesAreAskedForWhereCudaIsKnown) {
  Says("nvidia-smi", "echo 8.6");
  EXPECT_EQ(Ask({.cuda = false}).cuda_archs, "8.6\n");
  EXPECT_EQ(AskedOf("nvidia-smi"), "--query-gpu=compute_cap --format=csv,noheader\n");
}

}  // namespace
}  // namespace accord::cli
