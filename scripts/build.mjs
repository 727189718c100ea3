export async function build(){}
