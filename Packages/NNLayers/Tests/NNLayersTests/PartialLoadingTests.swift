import Autograd
import NNLayers
import TensorCore
import Testing

struct PartialLoadingTests {
  private static func network(_ seed: UInt64, _ classCount: Int) -> Sequential {
    seeded(seed) { Sequential(Linear(3, 4), BatchNorm1d(4), Sequential(Linear(4, 4), Linear(4, classCount))) }
  }

  private func numbers(_ layer: some Layer, _ prefix: String) -> [[Float]] {
    layer.namedState.filter { $0.name.hasPrefix(prefix) }.map { _, cell in
      guard case .tensor(let value) = cell.value else { return [] }
      return value.floats.scalars
    }
  }

  @Test func exceptedLayersKeepTheirValues() throws {
    let (trained, fresh, other) = (Self.network(1, 7), Self.network(2, 2), Self.network(2, 2))
    try fresh.load(trained.stateDictionary(), except: ["2.1"])
    #expect(numbers(fresh, "0.") == numbers(trained, "0."))
    #expect(numbers(fresh, "2.0.") == numbers(trained, "2.0."))
    #expect(numbers(fresh, "2.1.") == numbers(other, "2.1."))
    // A dictionary without the head serves as well, and a name means all below it.
    var body = trained.stateDictionary()
    for name in ["2.0.weight", "2.0.bias", "2.1.weight", "2.1.bias"] { body[name] = nil }
    try other.load(body, except: ["2"])
    #expect(numbers(other, "0.") == numbers(trained, "0."))
    #expect(numbers(other, "2.") == numbers(Self.network(2, 2), "2."))
  }

  /// `1` does not mean `10`, and all else must fit; nothing changes where it does not.
  @Test func refusesWhatDoesNotFit() {
    let (trained, fresh) = (Self.network(1, 7), Self.network(2, 2))
    let before = numbers(fresh, "")
    func error(_ names: [String]) -> StateDictionaryError? {
      do {
        try fresh.load(trained.stateDictionary(), except: names)
        return nil
      } catch {
        return error
      }
    }
    #expect(error(["2.1.weight"])?.mismatched == ["2.1.bias is [2], not [7]"])
    #expect(error(["head", "2.1"])?.missing == ["head"])
    #expect(error(["2.1.w"])?.missing == ["2.1.w"])
    #expect(error([])?.mismatched.count == 2)
    #expect(numbers(fresh, "") == before)
  }
}
