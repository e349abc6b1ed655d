/** The first page. */
export function Home() {
  return (
    <main>
      <h1>Atrium</h1>
    </main>
  );
}
