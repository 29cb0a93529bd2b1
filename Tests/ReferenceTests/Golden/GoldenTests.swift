import Autograd
import TensorCore
import Testing

/// The library against values of PyTorch, case by case of `Tests/References`.
@Suite struct GoldenTests {
  @Test(arguments: GoldenFamily.all, Precision.allCases)
  func agrees(_ family: GoldenFamily, _ precision: Precision) throws {
    let file = try GoldenCase.file(family.name)
    let known = GoldenCase.names(in: file)
    var worst = 0.0
    for line in family.lines where known.contains(line.name) {
      for difference in try line.differences(GoldenCase(line.name, in: file), precision) {
        worst = max(worst, difference.error / difference.limit)
        if !difference.agrees { Issue.record("\(precision) \(line.name): \(difference)") }
      }
    }
    print("\(family.name): \(family.lines.count) cases in \(precision), the worst at \(worst) of its limit")
  }

  @Test(arguments: GoldenFamily.all) func everyCaseHasALine(_ family: GoldenFamily) throws {
    let names = family.lines.map(\.name)
    let cases = GoldenCase.names(in: try GoldenCase.file(family.name))
    #expect(Set(names).count == names.count)
    #expect(cases.subtracting(names).filter { !family.awaits($0) }.sorted() == [], "cases without a line")
    #expect(Set(names).subtracting(cases).sorted() == [], "lines without a case")
  }
}
