import Datasets
import TensorCore
import Testing

@Suite struct CSVFileTests {
  private func table(_ text: String, hasHeader: Bool = true, separator: Character = ",") throws -> CSVFile {
    try CSVFile(Array(text.utf8), name: "x", hasHeader: hasHeader, separator: separator)
  }

  private func message(_ text: String) -> String? {
    #expect(throws: FileError.self) { try table(text) }?.description
  }

  @Test func readsQuotesLineEndsAndMarks() throws {
    let file = try table("\u{FEFF}a,b\r\n1,\"x, \"\"y\"\"\nz\"\r\n,\n\"\",2")
    #expect(file.columnNames == ["a", "b"])
    #expect(file.rows == [["1", "x, \"y\"\nz"], ["", ""], ["", "2"]])
    #expect(try table("1;2\n3;4\n", hasHeader: false, separator: ";").columnNames == ["column 1", "column 2"])
    #expect(try table("a\n").rows == [])
  }

  @Test func refusesWhatIsNoTable() {
    #expect(message("") == "x: expected at least one row, found none")
    #expect(message("a,b\n1\n") == "x: expected 2 fields in row 2, found 1")
    #expect(message("a\n\"1\n2") == "x: expected closing quotes in row 2, found the end of the file")
    #expect(message("a\n\"1\"2\n") == "x: expected a separator after the quotes in row 2, found more")
  }

  @Test func classesComeInOrder() throws {
    let flowers = try table("length,width,kind\n1.5, 2 ,rose\n-3e1,0,daisy\n4,5,rose\n").classification(label: "kind")
    #expect(flowers.classNames == ["daisy", "rose"])
    #expect(flowers.labels.scalars == [1, 0, 1])
    #expect(flowers.features == Tensor([1.5, 2, -30, 0, 4, 5], shape: [3, 2]))
    #expect(flowers.featureNames == ["length", "width"])
    #expect(flowers.subset([2, 0]).features == Tensor([4, 5, 1.5, 2], shape: [2, 2]))
    #expect(flowers.subset([1]).labels.scalars == [0])
  }

  @Test func targetsAreColumns() throws {
    let file = try table("a,b,y\n1,2,3\n4,5,6\n")
    let dataset = try file.regression(targets: ["y"], features: ["b"])
    #expect(dataset.features == Tensor([2, 5], shape: [2, 1]))
    #expect(dataset.targets == Tensor([3, 6], shape: [2, 1]))
    #expect(try file.regression(targets: ["y"]).featureNames == ["a", "b"])
    #expect(dataset.subset([1]).targets == Tensor([6], shape: [1, 1]))
  }

  @Test func namesTheFieldThatIsNoNumber() throws {
    let file = try table("a,y\n1,2\nx,3\n")
    let wrong = #expect(throws: FileError.self) { try file.regression(targets: ["y"]) }
    #expect(wrong?.description == "x: expected a number in row 2 of 'a', found 'x'")
    let missing = #expect(throws: FileError.self) { try file.classification(label: "z") }
    #expect(missing?.description == "x: expected a column 'z', found 'a', 'y'")
    #expect(throws: FileError.self) { try table("a,y\nnan,1\n").numbers(["a"]) }
    #expect(throws: FileError.self) { try table("a,y\n").classification(label: "y") }
  }

  @Test func brokenTablesThrowOrAreRead() {
    var random = RandomStream(seed: 11)
    let text = Array("a,\"b\"\r\n1,\"x\"\"y\"\n2,3\n".utf8)
    for _ in 0..<2000 {
      guard let file = try? CSVFile(mutated(text, using: &random)) else { continue }
      #expect(file.rows.allSatisfy { $0.count == file.columnNames.count })
    }
  }

  @Test func readsFiles() throws {
    let folder = try TemporaryFolder()
    try folder.write(Array("a\n1\n".utf8), to: "t.csv")
    #expect(try CSVFile(path: folder.path("t.csv")).numbers(["a"]).scalars == [1])
    #expect(throws: FileError.self) { try CSVFile(path: folder.path("none.csv")) }
  }

  @Test func partsThatDoNotGoTogetherStop() async {
    await #expect(processExitsWith: .failure) {
      _ = TableDataset(features: .zeros([2, 3]), labels: Tensor([0]), classNames: ["a"])
    }
    await #expect(processExitsWith: .failure) {
      _ = TableDataset(features: .zeros([1, 3]), labels: Tensor([1]), classNames: ["a"])
    }
    await #expect(processExitsWith: .failure) {
      _ = RegressionDataset(features: .zeros([2, 3]), targets: .zeros([1, 1]))
    }
  }
}
