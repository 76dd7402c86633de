/** What the pages use of the chart library, which the server serves as a WebJar. */
export const Chart: new (canvas: HTMLCanvasElement, config: object) => {
  data: {labels: string[], datasets: {data: number[]}[]};
  update(): void;
};
