import Autograd
import NNLayers
import TensorCore
import Testing

struct StateDictionaryTests {
  private func model(_ seed: UInt64) -> Sequential { seeded(seed) { Sequential(Linear(3, 4), Tanh(), Linear(4, 2)) } }

  @Test func roundTrip() throws {
    let (a, b) = (model(1), model(2))
    let x = Tensor<Float>([1, 2, 3], shape: [1, 3])
    #expect(try a.predict(x) != b.predict(x))
    try b.load(a.stateDictionary())
    #expect(try a.predict(x) == b.predict(x))
    #expect(a.stateDictionary().entries.map(\.name) == ["0.weight", "0.bias", "2.weight", "2.bias"])
  }

  @Test func everythingWrongIsListedAndNothingChanged() throws {
    let model = model(1)
    let before = model.parameters.map(\.value.floats)
    var dictionary = model.stateDictionary()
    dictionary["0.weight"] = .tensor(.float(.zeros([4, 7])))
    dictionary["0.bias"] = .int64(.zeros([4]))
    dictionary["2.bias"] = nil
    dictionary["9.bias"] = .tensor(.float(.zeros([1])))
    let error = #expect(throws: StateDictionaryError.self) { try model.load(dictionary) }
    #expect(error?.missing == ["2.bias"])
    #expect(error?.unexpected == ["9.bias"])
    #expect(error?.mismatched == ["0.weight is [4, 3], not [4, 7]", "0.bias is floating point, not Int64"])
    #expect(model.parameters.map(\.value.floats) == before)
  }

  /// A network of another kind differs in each of its names.
  @Test func ofManyDifferencesTheFirstAreTold() {
    let network = Sequential(Linear(1, 1), Linear(1, 1), Linear(1, 1), Linear(1, 1), Linear(1, 1))
    let other = StateDictionary([("fc", .tensor(.float(.zeros([1]))))])
    let error = #expect(throws: StateDictionaryError.self) { try network.load(other) }
    let first = "0.weight, 0.bias, 1.weight, 1.bias, 2.weight, 2.bias, 3.weight, 3.bias"
    #expect(error?.missing.count == 10)
    #expect(error?.differences == "missing: \(first) and 2 more; unexpected: fc")
  }

  @Test func doublesAreNarrowed() throws {
    let model = model(1)
    var dictionary = model.stateDictionary()
    dictionary["0.bias"] = .tensor(.double(Tensor([0.1, 0.2, 0.3, 0.4])))
    try model.load(dictionary)
    #expect(model.parameters[1].value.floats.scalars == [0.1, 0.2, 0.3, 0.4])
  }
}
