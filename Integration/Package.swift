// swift-tools-version: 6.1
import PackageDescription

/// What an outside user would write: one dependency, and the products that a program uses.
func products(_ names: String...) -> [Target.Dependency] {
  names.map { .product(name: $0, package: "needletail") }
}

let package = Package(
  name: "Integration",
  platforms: [.macOS(.v15)],
  dependencies: [.package(name: "needletail", path: "..")],
  targets: [
    .target(name: "Jobs", dependencies: products("Training", "Models")),
    .executableTarget(name: "smoke", dependencies: ["Jobs"] + products("Training", "Models")),
    .executableTarget(name: "trainings", dependencies: ["Jobs"] + products("Training", "Models")),
    .target(name: "Drawing", dependencies: products("Training"), path: "Gallery/Drawing"),
    .executableTarget(
      name: "gallery", dependencies: ["Drawing"] + products("Training", "Models"), path: "Gallery",
      exclude: ["Drawing", "README.md"], sources: ["Frame", "Shared", "Topics"]),
    .target(name: "snippets", dependencies: products("Training", "Models")),
    .executableTarget(name: "readme", dependencies: products("Training")),
    .executableTarget(name: "variant", dependencies: products("Training")),
  ],
  swiftLanguageModes: [.v6]
)
