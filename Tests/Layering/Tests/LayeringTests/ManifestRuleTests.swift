import Foundation
import Layering
import Testing

/// A package of one library and its tests, as the package manager describes it.
private func package(
  _ name: String, in folder: String, sources: String, uses: [String] = [], settings: String = "",
  platform: String = "15"
) throws -> Package {
  func target(_ name: String, _ type: String, _ uses: [String], _ path: String) -> String {
    let uses = uses.map { #"{"target": ["\#($0)", null]}"# }.joined(separator: ", ")
    return #"""
      {"name": "\#(name)", "type": "\#(type)", "path": "\#(path)", "dependencies": [\#(uses)],
      "settings": [\#(settings)], "resources": [], "exclude": []}
      """#
  }
  let json = #"""
    {"name": "\#(name)", "dependencies": [], "swiftLanguageVersions": ["6"], "toolsVersion": {"_version": "6.1.0"},
     "platforms": [{"platformName": "macos", "version": "\#(platform)"}],
     "products": [{"name": "Models", "targets": ["Models"], "type": {"library": ["automatic"]}}],
     "targets": [\#(target("Models", "regular", uses, "\(sources)/Models"))]}
    """#
  let manifest = try JSONDecoder().decode(Manifest.self, from: Data(json.utf8))
  return Package(folder: URL(filePath: folder), manifest: manifest)
}

private func root(uses: [String] = ["NNLayers"]) throws -> Package {
  try package("needletail", in: "/tree", sources: "Packages/Models/Sources", uses: uses)
}

private func models(
  sources: String = "Sources", uses: [String] = ["NNLayers"], settings: String = "", platform: String = "15"
) throws -> Package {
  try package(
    "Models", in: "/tree/Packages/Models", sources: sources, uses: uses, settings: settings, platform: platform)
}

private func messages(_ root: Package, _ packages: Package...) -> [String] {
  differences(root: root, packages: packages).map(\.message)
}

@Suite struct ManifestRuleTests {
  @Test func equalManifestsAgree() throws {
    #expect(try messages(root(), models()).isEmpty)
  }

  @Test func dependenciesCompareInAnyOrder() throws {
    #expect(try messages(root(uses: ["A", "B"]), models(uses: ["B", "A"])).isEmpty)
  }

  @Test func anotherDependencyIsADifference() throws {
    let expected = #"dependencies of Models: ["NNLayers", "Optimizers"] here, ["NNLayers"] in the root manifest"#
    #expect(try messages(root(), models(uses: ["NNLayers", "Optimizers"])) == [expected])
  }

  @Test func anotherFolderSettingOrPlatformIsADifference() throws {
    #expect(try messages(root(), models(sources: "Other")).first?.hasPrefix("folder of Models: ") == true)
    let setting = #"{"kind": {"define": {"_0": "FAST"}}, "tool": "swift"}"#
    #expect(try messages(root(), models(settings: setting)).first?.hasPrefix("settings of Models: ") == true)
    #expect(try messages(root(), models(platform: "14")).first?.hasPrefix("platforms: ") == true)
  }

  @Test func aTargetOfTheRootAloneIsADifference() throws {
    let expected = [
      "target Models is declared by no package in Packages", "product Models is declared by no package in Packages",
    ]
    #expect(try messages(root()) == expected)
  }
}
