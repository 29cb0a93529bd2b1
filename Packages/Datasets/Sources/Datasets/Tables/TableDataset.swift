import TensorCore

/// Samples that are rows of numbers, each of a class.
public struct TableDataset: Sendable {
  /// The numbers, `[N, D]`.
  public let features: Tensor<Float>
  /// The class of each row, `[N]`: an index into the class names.
  public let labels: Tensor<Int64>
  /// The name of each column.
  public let featureNames: [String]
  /// The name of each class.
  public let classNames: [String]

  /// Rows with their classes. Stops when shapes, names and labels do not go together.
  public init(features: Tensor<Float>, labels: Tensor<Int64>, featureNames: [String]? = nil, classNames: [String]) {
    let names = featureNames ?? (features.rank == 2 ? (0..<features.shape[1]).map { "x\($0 + 1)" } : [])
    guard features.rank == 2, labels.shape == [features.shape[0]], names.count == features.shape[1],
      labels.scalars.allSatisfy({ (0..<Int64(classNames.count)).contains($0) })
    else {
      stop(
        "TableDataset",
        "features \(features.shape), labels \(labels.shape) in 0..<\(classNames.count) and \(names.count) names do not match"
      )
    }
    self.features = features
    self.labels = labels
    self.featureNames = names
    self.classNames = classNames
  }

  /// The number of rows.
  public var count: Int { features.shape[0] }

  /// The rows at `indices`, in that order.
  public func subset(_ indices: [Int]) -> TableDataset {
    let order = Tensor(indices.map(Int64.init))
    return TableDataset(
      features: features.take(order, along: 0), labels: labels.take(order, along: 0), featureNames: featureNames,
      classNames: classNames)
  }
}

/// Samples that are rows of numbers, each with numbers to be predicted.
public struct RegressionDataset: Sendable {
  /// The numbers that are known, `[N, D]`.
  public let features: Tensor<Float>
  /// The numbers that are to be predicted, `[N, K]`.
  public let targets: Tensor<Float>
  /// The name of each column of the features.
  public let featureNames: [String]
  /// The name of each column of the targets.
  public let targetNames: [String]

  /// Rows with their targets. Stops when shapes and names do not go together.
  public init(
    features: Tensor<Float>, targets: Tensor<Float>, featureNames: [String]? = nil, targetNames: [String]? = nil
  ) {
    func names(_ given: [String]?, _ tensor: Tensor<Float>, _ letter: String) -> [String] {
      given ?? (tensor.rank == 2 ? (0..<tensor.shape[1]).map { "\(letter)\($0 + 1)" } : [])
    }
    let (xs, ys) = (names(featureNames, features, "x"), names(targetNames, targets, "y"))
    guard features.rank == 2, targets.rank == 2, features.shape[0] == targets.shape[0], xs.count == features.shape[1],
      ys.count == targets.shape[1]
    else { stop("RegressionDataset", "features \(features.shape) and targets \(targets.shape) do not match") }
    self.features = features
    self.targets = targets
    (self.featureNames, self.targetNames) = (xs, ys)
  }

  /// The number of rows.
  public var count: Int { features.shape[0] }

  /// The rows at `indices`, in that order.
  public func subset(_ indices: [Int]) -> RegressionDataset {
    let order = Tensor(indices.map(Int64.init))
    return RegressionDataset(
      features: features.take(order, along: 0), targets: targets.take(order, along: 0), featureNames: featureNames,
      targetNames: targetNames)
  }
}

extension CSVFile {
  /// The columns as numbers, `[rows, columns]`.
  ///
  /// - Throws: `FileError` naming the row and column of a field that is no finite number.
  public func numbers(_ columns: [String]) throws(FileError) -> Tensor<Float> {
    var numbers: [Float] = []
    numbers.reserveCapacity(rows.count * columns.count)
    let places = try self.places(columns)
    for (number, row) in rows.enumerated() {
      for (place, column) in zip(places, columns) {
        let text = row[place].trimmingSpaces
        guard let value = Float(text), value.isFinite else {
          throw .malformed(file: name, expected: "a number in row \(number + 1) of '\(column)'", found: "'\(text)'")
        }
        numbers.append(value)
      }
    }
    return Tensor(numbers, shape: [rows.count, columns.count])
  }

  /// The rows as samples whose class stands in column `label`; classes in alphabetical order.
  ///
  /// - Parameters:
  ///   - label: the column of the class.
  ///   - features: the columns of the numbers; all others by default.
  /// - Throws: `FileError` for a missing column, a field that is no number or a table without rows.
  public func classification(label: String, features: [String]? = nil) throws(FileError) -> TableDataset {
    let place = try places([label])[0]
    let columns = features ?? columnNames.filter { $0 != label }
    let classes = Set(rows.map { $0[place].trimmingSpaces }).sorted()
    guard !classes.isEmpty else { throw .malformed(file: name, expected: "rows", found: "none") }
    let numbers = Dictionary(uniqueKeysWithValues: classes.enumerated().map { ($1, Int64($0)) })
    return TableDataset(
      features: try self.numbers(columns), labels: Tensor(rows.map { numbers[$0[place].trimmingSpaces] ?? 0 }),
      featureNames: columns, classNames: classes)
  }

  /// The rows as samples with the columns `targets` to be predicted.
  ///
  /// - Parameters:
  ///   - targets: the columns to be predicted.
  ///   - features: the columns that are known; all others by default.
  /// - Throws: `FileError` for a missing column, a field that is no number or a table without rows.
  public func regression(targets: [String], features: [String]? = nil) throws(FileError) -> RegressionDataset {
    guard !rows.isEmpty else { throw .malformed(file: name, expected: "rows", found: "none") }
    let columns = features ?? columnNames.filter { !targets.contains($0) }
    return RegressionDataset(
      features: try numbers(columns), targets: try numbers(targets), featureNames: columns, targetNames: targets)
  }

  private func places(_ columns: [String]) throws(FileError) -> [Int] {
    var places: [Int] = []
    for column in columns {
      guard let place = columnNames.firstIndex(of: column) else {
        throw .malformed(
          file: name, expected: "a column '\(column)'", found: columnNames.map { "'\($0)'" }.joined(separator: ", "))
      }
      places.append(place)
    }
    return places
  }
}

extension String {
  /// Without spaces and tabs at its ends.
  fileprivate var trimmingSpaces: String {
    let isSpace: (Character) -> Bool = { $0 == " " || $0 == "\t" }
    guard let first = firstIndex(where: { !isSpace($0) }), let last = lastIndex(where: { !isSpace($0) }) else {
      return ""
    }
    return String(self[first...last])
  }
}
