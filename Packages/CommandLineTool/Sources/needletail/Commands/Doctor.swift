import ArgumentParser
import Foundation
import Models
import TensorCore
import Training

/// Says what the program runs on, and whether it calculates rightly there.
struct Doctor: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Shows the machine, tests the kernels on it, and measures it.",
    discussion: """
      Each test compares the kernels in use with plain loops in double precision. The measurements take a few seconds: the \
      roof is what the machine can do in registers and in memory. The code is 1 when a test fails.

      EXAMPLES:
        needletail doctor
        NEEDLETAIL_ISA=portable needletail doctor --json
      """)

  @OptionGroup var form: FormOptions

  func run() throws {
    ThreadPool.threadCount = try Recommended.threads()
    let tests = SelfTest.all.map { (name: $0.name, error: $0.largestError(), bound: $0.bound) }
    let failed = tests.filter { !($0.error <= $0.bound) }.map(\.name)
    let report = Report(
      version: Library.current.version, machine: .current,
      supportedInstructionSets: KernelForm.allCases.filter(\.isSupported).map(\.rawValue),
      tests: tests.map { Report.Test(name: $0.name, largestError: $0.error, bound: $0.bound) },
      measurements: failed.isEmpty ? try Report.Measurements() : nil)
    if form.json { JSONLine.print(report) } else { Console.print(report.text) }
    guard failed.isEmpty else { throw SelfTestError(names: failed) }
  }

  private struct Report: Encodable {
    struct Test: Encodable {
      let name: String
      let largestError: Double
      let bound: Double
    }

    struct Measurements: Encodable {
      let roof: MachineRoof
      let matmulMultiplyAddsPerSecond: Double
      let lenet5ImagesPerSecond: Double

      init() throws {
        roof = .measured()
        let matmul = OperationWork.Operation.matmul
        let product = try matmul.work(matmul.usual)
        matmulMultiplyAddsPerSecond =
          Double(product.multiplyAdds) / StepTimes(repeating: product.step, for: 0.5).median
        let batchSize = 64
        let training = try NetworkWork(ModelLookup.entry(named: "lenet5"), batchSize: batchSize, mode: .train)
        lenet5ImagesPerSecond =
          Double(batchSize) / (try StepTimes(repeating: { try training.step() }, for: 0.5)).median
      }
    }

    let version: String
    let machine: Machine
    let supportedInstructionSets: [String]
    let tests: [Test]
    let measurements: Measurements?

    var text: String {
      let others = supportedInstructionSets.filter { $0 != machine.instructionSet }.joined(separator: ", ")
      let facts = [
        ("needletail", version), ("processor", "\(machine.processor), \(machine.processorCount) at once"),
        ("system", machine.system), ("kernels", "\(machine.instructionSet) (also possible: \(others))"),
        ("threads", "\(machine.threads)"),
      ]
      let results = tests.map { test in
        (
          test.name,
          (test.largestError <= test.bound ? "✔" : "✘")
            + " largest error \(String(format: "%.1e", test.largestError)), "
            + "allowed \(String(format: "%.1e", test.bound))"
        )
      }
      let width = (facts + results + [("matrix product", "")]).map(\.0.count).max() ?? 0
      return (facts + results + speeds).map { "\(Figures.left($0.0, width))  \($0.1)" }.joined(separator: "\n")
    }

    private var speeds: [(String, String)] {
      guard let measurements else { return [] }
      let roof = measurements.roof
      let share = measurements.matmulMultiplyAddsPerSecond / roof.multiplyAddsPerSecond
      func billions(_ number: Double) -> String { Figures.significant(number * 1e-9) }
      return [
        ("roof", "\(billions(2 * roof.multiplyAddsPerSecond)) GFLOP/s, \(billions(roof.bytesPerSecond)) GB/s"),
        (
          "matrix product",
          "\(billions(2 * measurements.matmulMultiplyAddsPerSecond)) GFLOP/s at 1024³, \(Figures.percent(share, 0)) of the roof"
        ), ("training", "LeNet-5, \(Figures.significant(measurements.lenet5ImagesPerSecond)) images/s"),
      ]
    }
  }
}

/// Kernels that calculate wrongly.
private struct SelfTestError: Error, CustomStringConvertible {
  let names: [String]

  var description: String {
    "expected the kernels to agree with plain loops, found errors in \(names.joined(separator: ", ")); NEEDLETAIL_ISA=portable "
      + "does without this processor's instructions"
  }
}
