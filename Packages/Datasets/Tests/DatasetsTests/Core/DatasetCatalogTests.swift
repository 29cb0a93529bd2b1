import Datasets
import Testing

@Suite struct DatasetCatalogTests {
  @Test(arguments: ["digits", "mnist", "fashion-mnist", "kmnist", "cifar-10", "cifar-100", "emnist-letters"])
  func findsByName(name: String) throws {
    #expect(try DatasetCatalog.source(named: name).information.name == name)
  }

  @Test func unknownNamesAreRefused() {
    let error = #expect(throws: DatasetError.self) { try DatasetCatalog.source(named: "fashion") }
    #expect(error?.kind == .unknownName)
    #expect(
      error?.description == "data set: expected one of \(DatasetCatalog.names.joined(separator: ", ")), found 'fashion'"
    )
  }

  @Test func everySourceSaysWhoseItIs() {
    for source in DatasetCatalog.sources {
      let information = source.information
      #expect(!information.license.isEmpty && !information.citation.isEmpty && information.homepage.hasPrefix("http"))
      #expect(Set(information.classNames).count == information.classNames.count)
    }
  }
}
