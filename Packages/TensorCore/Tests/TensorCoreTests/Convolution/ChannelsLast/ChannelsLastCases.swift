extension ConvolutionCase {
  /// What channels-last convolution must cope with besides ``table``: patches of several slices, tails of panels and tiles,
  /// bands that span images, pixels that would crowd, and networks' geometries.
  static let channelsLast: [ConvolutionCase] = [
    ConvolutionCase(input: [1, 3, 1, 1], filters: 33, kernel: (1, 1)),
    ConvolutionCase(input: [3, 17, 13, 11], filters: 49, kernel: (1, 1)),
    ConvolutionCase(input: [2, 1024, 3, 5], filters: 31, kernel: (1, 1)),
    ConvolutionCase(input: [2, 600, 9, 8], filters: 130, kernel: (1, 1)),
    ConvolutionCase(input: [1, 2100, 2, 3], filters: 19, kernel: (1, 1)),
    ConvolutionCase(input: [1, 40, 7, 7], filters: 530, kernel: (1, 1)),
    ConvolutionCase(input: [2, 1024, 5, 4], filters: 40, kernel: (1, 1), stride: (2, 2)),
    ConvolutionCase(input: [5, 16, 7, 7], filters: 24, kernel: (1, 1), stride: (2, 2)),
    ConvolutionCase(input: [2, 20, 9, 9], filters: 7, kernel: (1, 1), padding: (1, 2, 0, 1)),
    ConvolutionCase(input: [5, 24, 14, 14], filters: 40, kernel: (3, 3), stride: (2, 2), padding: (1, 1, 1, 1)),
    ConvolutionCase(input: [1, 512, 4, 4], filters: 33, kernel: (3, 3), stride: (2, 2), padding: (1, 1, 1, 1)),
    ConvolutionCase(input: [1, 1100, 3, 3], filters: 17, kernel: (2, 2), padding: (1, 0, 0, 1)),
    ConvolutionCase(input: [2, 3, 30, 33], filters: 64, kernel: (7, 7), stride: (2, 2), padding: (3, 3, 3, 3)),
    ConvolutionCase(input: [2, 3, 35, 35], filters: 32, kernel: (11, 11), stride: (4, 4), padding: (2, 2, 2, 2)),
    ConvolutionCase(input: [3, 16, 13, 13], filters: 32, kernel: (5, 5), padding: (2, 2, 2, 2)),
    ConvolutionCase(
      input: [2, 12, 12, 10], filters: 35, kernel: (3, 3), padding: (2, 2, 2, 2), dilation: (2, 2)),
    ConvolutionCase(
      input: [2, 32, 9, 9], filters: 64, kernel: (3, 3), stride: (2, 2), padding: (1, 1, 1, 1), groups: 4),
    ConvolutionCase(input: [3, 24, 6, 5], filters: 60, kernel: (1, 1), groups: 3),
    ConvolutionCase(
      input: [2, 10, 17, 13], filters: 18, kernel: (4, 3), stride: (3, 2), padding: (0, 3, 5, 1), dilation: (1, 3),
      groups: 2),
    ConvolutionCase(input: [1, 6, 12, 12], filters: 8, kernel: (2, 2), stride: (3, 3)),
    ConvolutionCase(input: [1, 4, 5, 6], filters: 8, kernel: (3, 3), stride: (2, 2), padding: (6, 5, 4, 7)),
    ConvolutionCase(input: [20, 8, 10, 10], filters: 8, kernel: (1, 1)),
  ]
}
