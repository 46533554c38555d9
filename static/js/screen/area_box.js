// The box around an area of a picture, in shares of its width and height. Pure.

const BOXES = {
  rect: ({ x, y, width, height }) => ({ x, y, width, height }),
  circle: ({ x, y, rx, ry }) => ({ x: x - rx, y: y - ry, width: 2 * rx, height: 2 * ry }),
  polygon({ points }) {
    const [left, top] = [0, 1].map((axis) => Math.min(...points.map((point) => point[axis])));
    const [right, bottom] = [0, 1].map((axis) => Math.max(...points.map((point) => point[axis])));
    return { x: left, y: top, width: right - left, height: bottom - top };
  },
};

export const boxOf = (area) => BOXES[area.shape](area);
