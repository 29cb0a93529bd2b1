import Foundation
import TensorCore
import Testing

/// `doctor` and shell completions.
struct DoctorTests {
  @Test(arguments: [KernelForm.portable, .best])
  func testsTheKernels(form: KernelForm) throws {
    var program = try TemporaryFolder().program
    program.environment = ["NEEDLETAIL_ISA": form.rawValue, "NEEDLETAIL_THREADS": "2"]
    let result = try program.run("doctor", "--json")
    #expect(result.status == 0, "\(result.complaint)")
    let report = try #require(result.objects.first ?? nil)
    let machine = try #require(report["machine"] as? [String: Any])
    #expect(machine["instructionSet"] as? String == form.rawValue)
    #expect(machine["threads"] as? Int == 2)
    let tests = try #require(report["tests"] as? [[String: Any]])
    #expect(tests.compactMap { $0["name"] as? String } == ["matrix product", "convolution", "gradients", "sums"])
    for test in tests {
      let error = try #require(test["largestError"] as? Double), bound = try #require(test["bound"] as? Double)
      // Floats are rounded: no error at all would mean that nothing was compared.
      #expect(error > 0 && error <= bound)
    }
    let measurements = try #require(report["measurements"] as? [String: Any])
    #expect((measurements["lenet5ImagesPerSecond"] as? Double ?? 0) > 1)
    #expect((report["supportedInstructionSets"] as? [String])?.contains("portable") == true)
  }

  @Test func saysItInWords() throws {
    let result = try TemporaryFolder().program.run("doctor")
    #expect(result.status == 0)
    #expect(result.lines.count { $0.contains("✔") } == 4)
    for word in ["processor", "kernels", "threads", "roof", "matrix product", "LeNet-5"] {
      #expect(result.output.contains(word), "\(word)")
    }
    #expect(try TemporaryFolder().program.run("doctor", "--quick").status == 64)
  }

  @Test(arguments: ["bash", "zsh", "fish"])
  func completesInShells(shell: String) throws {
    let result = try TemporaryFolder().program.run("--generate-completion-script", shell)
    #expect(result.status == 0)
    #expect(result.complaint.isEmpty)
    for word in ["needletail", "train", "benchmark", "batch-size", "resnet50", "fashion-mnist"] {
      #expect(result.output.contains(word), "\(word)")
    }
    let other = try TemporaryFolder().program.run("--generate-completion-script", "tcsh")
    #expect(other.status == 64)
    #expect(other.oneLine != nil, "\(other.complaint)")
  }
}
