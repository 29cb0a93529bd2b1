import Drawing
import Models
import Training

extension Topic {
  static let architectures = Topic(
    "architectures", "AlexNet, VGG, GoogLeNet and ResNet: where weights and work are", draw: drawArchitectures)
}

/// Layer tables and costs from the networks themselves.
private func drawArchitectures(_ page: Page) throws {
  page.say(
    "AlexNet and VGG keep nine tenths of their weights in fully connected layers, which cost little work; the work is in the "
      + "convolutions. GoogLeNet and ResNet average each map instead: VGG-16 has 21 times the weights of GoogLeNet and ten times "
      + "the work. ResNet-50 puts 50 layers into a quarter of VGG-16's work.")
  let published: [(name: String, title: String, millions: Double, giga: Double)] = [
    ("alexnet", "AlexNet", 61.10, 0.714), ("vgg16", "VGG-16", 138.36, 15.47), ("googlenet", "GoogLeNet", 6.62, 1.50),
    ("resnet50", "ResNet-50", 25.56, 4.09),
  ]
  for (name, title, millions, giga) in published {
    guard let network = withoutInitialWeights({ ModelCatalog.entry(named: name)?.make() }) else { continue }
    let summary = try network.summary(for: [1, 3, 224, 224])
    let stages = stages(of: summary)
    try page.show(
      Panels(
        columns: 2,
        [
          BarList(
            "\(title): weights", "parameters", width: 320,
            stages.map { .init($0.name, Double($0.parameters), short($0.parameters), color: .orange) }),
          BarList(
            "\(title): work", "multiply-adds for one image", width: 320,
            stages.map { .init($0.name, Double($0.multiplyAdds), short($0.multiplyAdds)) }),
        ]), name, "Parameters and multiply-adds of the stages of \(title)")
    page.table(
      [title, "output", "parameters", "multiply-adds"],
      stages.map { [$0.name, $0.output, grouped($0.parameters), grouped($0.multiplyAdds)] })
    page.expect("\(title): millions of parameters", Double(summary.parameterCount) / 1e6, near: millions, within: 0.01)
    page.expect(
      "\(title): billions of multiply-adds", Double(summary.multiplyAdds) / 1e9, near: giga, within: 0.005, places: 3)
  }
}

/// Layers with weights, those of a block or stage added up.
private func stages(
  of summary: NetworkSummary
) -> [(name: String, output: String, parameters: Int, multiplyAdds: Int)] {
  var stages: [(name: String, output: String, parameters: Int, multiplyAdds: Int)] = []
  for row in summary.rows where row.parameterCount > 0 {
    let parts = row.name.split(separator: ".")
    let isList = parts.first == "features" || parts.first == "classifier"
    let name = parts.prefix(isList ? 2 : 1).joined(separator: ".")
    let output = summary.rows.first { $0.name == name }?.outputShape.map { $0.dropFirst().map(String.init) } ?? []
    if stages.last?.name != name { stages.append((name, output.joined(separator: "×"), 0, 0)) }
    stages[stages.count - 1].parameters += row.parameterCount
    stages[stages.count - 1].multiplyAdds += row.multiplyAdds
  }
  return stages
}
