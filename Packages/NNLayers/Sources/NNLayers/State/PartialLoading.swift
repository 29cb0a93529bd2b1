import Autograd
import TensorCore

extension Layer {
  /// Takes over the values of a state dictionary, but for some layers, which keep their own: the body of a trained network
  /// under a new head.
  ///
  /// ```swift
  /// let trained = try StateDictionary(contentsOf: "trained.safetensors")
  /// try network.load(trained, except: ["classifier.4"])
  /// ```
  /// All other names must agree and all other shapes fit, as in ``load(_:)``; otherwise nothing is changed. What the dictionary
  /// has for the excepted layers is passed over, of whatever shape.
  ///
  /// - Parameters:
  ///   - dictionary: the values.
  ///   - names: the layers or parameters that keep their values; a name means all that lies below it.
  /// - Throws: ``StateDictionaryError`` that lists every missing, unexpected and mismatched entry; an excepted name that the
  ///   network has not is missing.
  public func load(_ dictionary: StateDictionary, except names: [String]) throws(StateDictionaryError) {
    func isExcepted(_ entry: String) -> Bool { names.contains { entry == $0 || entry.hasPrefix($0 + ".") } }
    let own = stateDictionary()
    var error = StateDictionaryError()
    error.missing = names.filter { name in !own.entries.contains { $0.name == name || $0.name.hasPrefix(name + ".") } }
    guard error.isEmpty else { throw error }
    let body = dictionary.entries.filter { !isExcepted($0.name) }
    try load(StateDictionary(body + own.entries.filter { isExcepted($0.name) }))
  }
}
